"""What AWS accepts in values. Each limit names its source. `resource_types` has the limits of names."""

from __future__ import annotations

FARGATE_MEMORY_MIB: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16384, 61440 + 1, 4096)),
    16384: tuple(range(32768, 122880 + 1, 8192)),
}
"""CPU units to the memory sizes they go with. Source: Amazon ECS developer guide, "Task CPU and memory"."""

INSTANCE_CPU = (128, 196_608)
"""CPU units of a task that does not run on Fargate, where it has any.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html, `cpu`.
"""

LEAST_MEMORY_MIB = 6
"""Of a container. Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html."""

PLATFORM_VERSION, PLATFORM_VERSION_OF_WINDOWS, LATEST_PLATFORM_VERSION = "1.4.0", "1.0.0", "LATEST"
"""Of Fargate. Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html."""

WINDOWS_OF_FARGATE = (
    *("WINDOWS_SERVER_2019_CORE", "WINDOWS_SERVER_2019_FULL", "WINDOWS_SERVER_2022_CORE", "WINDOWS_SERVER_2022_FULL"),
)
WINDOWS = (
    *WINDOWS_OF_FARGATE,
    *("WINDOWS_SERVER_2004_CORE", "WINDOWS_SERVER_2016_FULL", "WINDOWS_SERVER_20H2_CORE"),
    *("WINDOWS_SERVER_2025_CORE", "WINDOWS_SERVER_2025_FULL"),
)
"""Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html.
"""

WINDOWS_CPU = (1024, 2048, 4096)
"""CPU units of a task of Windows on Fargate.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html.
"""

MOST_PLACEMENT_STRATEGIES, MOST_PLACEMENT_CONSTRAINTS = 5, 10
"""Of a service or a task. Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html."""

CAPACITY_PROVIDER_PATTERN = r"[A-Za-z0-9_-]{1,255}"
RESERVED_CAPACITY_PROVIDERS = ("aws", "ecs", "fargate")
"""The names of capacity providers, and how none but those of AWS begins.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html, `name`.
"""

CAPACITY_BASE, CAPACITY_WEIGHT = 100_000, 1_000
"""The greatest ones.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html.
"""

MOST_CAPACITY_PROVIDERS, MOST_CAPACITY_PROVIDERS_OF_A_SCHEDULE = 20, 6
"""Of a strategy.

Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html,
https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html.
"""

LOG_RETENTION_DAYS: tuple[int, ...] = (
    *(0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""Source: CloudWatch Logs API, `PutRetentionPolicy`. With 0, the provider leaves out the policy: nothing expires.

Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group
"""

GRACE_PERIOD = 2_147_483_647
"""Seconds in which the health of a task does not count.

Source: `healthCheckGracePeriodSeconds` in https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
"""

INLINE_POLICIES_LENGTH = 10_240
"""Characters of all inline policies of a role together, without white space.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, "IAM and STS character limits".
"""

MANAGED_POLICY_LENGTH = 6_144
"""Characters of a managed policy, without white space.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, "IAM and STS character limits".
"""

_ECR_NAME = r"[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*"

ECR_REPOSITORY_PATTERN = rf"(?=.{{2,256}}$){_ECR_NAME}(/{_ECR_NAME})*"
"""Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html, `repositoryName`."""

SQS_QUEUE_PATTERN = r"(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?"
"""Source: Amazon SQS API, `CreateQueue`."""

STANDARD_QUEUE_PATTERN = r"[A-Za-z0-9_-]{1,80}"
"""A queue that is not a FIFO queue. Source: Amazon SQS API, `CreateQueue`."""

S3_BUCKET_PATTERN = r"(?=.{3,63}$)[a-z0-9][a-z0-9.-]*[a-z0-9]"
"""Source: Amazon S3 user guide, "Bucket naming rules"."""

SNS_TOPIC_PATTERN = r"(?=.{1,256}$)[A-Za-z0-9_-]+(\.fifo)?"
"""Source: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html, `Name`."""

DYNAMODB_TABLE_PATTERN = r"[A-Za-z0-9_.-]{3,255}"
"""Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html, `TableName`."""

KMS_KEY_ID_PATTERN = r"(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"
"""Source: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html, "Key ID"."""

SES_IDENTITY_PATTERN = r"([^@\s:/*?]{1,64}@)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
"""A domain or an address. Source: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html."""

METRIC_NAMESPACE_PATTERN = r"[A-Za-z0-9._/#: -]{1,255}"
"""Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html, `Namespace`."""

LOG_GROUP_PATTERN = r"[.\-_/#A-Za-z0-9]{1,512}"
"""Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html."""

SID_PATTERN = r"[A-Za-z0-9]{1,256}"
"""In a policy of a role. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html."""

MANAGED_POLICIES_OF_A_ROLE = 20
"""The most that AWS attaches to a role where an account asks for it; without that, it attaches 10.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
"""


TAG_KEY_LENGTH, TAG_VALUE_LENGTH = 128, 256
"""Characters. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html; those of ECS are the same."""

TAG_SIGNS = "_.:/=+-@"
"""Characters of keys and values of tags, beside letters, numbers and spaces of any script.

IAM, ECS and CloudWatch Logs take `[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]`, and ECR says the same in words. Sources:
https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html,
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html,
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html,
https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html.
"""

RESERVED_TAG_PREFIX = "aws:"
"""In any case, neither a key nor a value may begin with it.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html,
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html.
"""

MOST_TAGS = 50
"""On one resource, to ECS and IAM alike.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html.
"""

MOST_TARGET_GROUPS = 5
"""Of a service.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html.
"""

MOST_SUBNETS = 16
"""Of a service or a task.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html.
"""

USUAL_SECURITY_GROUPS, MOST_SECURITY_GROUPS = 5, 16
"""Of a network interface, and so of a task: without a higher quota, and with the highest.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups.
"""

SECURITY_GROUP_ID_PATTERN = r"sg-[0-9a-z-]+"
"""Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UserIdGroupPair.html."""

RULE_DESCRIPTION_PATTERN = r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{1,255}"
"""Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html."""

MOST_SECURITY_GROUPS_OF_A_SCHEDULE = 5
"""Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_AwsVpcConfiguration.html."""

CONTAINER_NAME_PATTERN = r"[A-Za-z0-9_-]{1,255}"
"""Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html, `name`."""

MOST_CONTAINERS = 10
"""Of a task definition. Source: https://docs.aws.amazon.com/general/latest/gr/ecs-service.html, "Service quotas"."""

PORT_NAME_PATTERN = r"[a-z0-9_][a-z0-9_-]{0,63}"
"""Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html, `name`."""

SSM_PARAMETER_PATTERN = r"(?=.{1,1011}$)/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*"
"""Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html, `Name`."""

VOLUME_NAME_PATTERN = r"[A-Za-z0-9_-]{1,255}"
"""Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html, `name`."""

EFS_FILE_SYSTEM_ID, EFS_ACCESS_POINT_ID = r"fs-[0-9a-f]{8,40}", r"fsap-[0-9a-f]{8,40}"
"""Source: https://docs.aws.amazon.com/efs/latest/ug/API_MountTargetDescription.html and API_AccessPointDescription."""

EBS_SIZES_GIB: dict[str, tuple[int, int]] = {
    "gp2": (1, 16_384),
    "gp3": (1, 16_384),
    "io1": (4, 16_384),
    "io2": (4, 16_384),
    "st1": (125, 16_384),
    "sc1": (125, 16_384),
    "standard": (1, 1_024),
}
"""Types of EBS volumes that ECS makes, with the least and the greatest size of each.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html.
"""

EBS_TYPE = "gp2"
"""What an EBS volume is where nothing says its type.

Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html, `VolumeType`.
"""

EBS_IOPS: dict[str, tuple[int, int]] = {"gp3": (3_000, 16_000), "io1": (100, 64_000), "io2": (100, 256_000)}
"""Types of EBS volumes that take a number of operations per second, with the least and the greatest one.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html.
"""

EBS_TYPES_THAT_NEED_IOPS = ("io1", "io2")
"""Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html."""

EBS_THROUGHPUT: dict[str, tuple[int, int]] = {"gp3": (125, 1_000)}
"""Types of EBS volumes that take a throughput, with the least and the greatest one, in MiB/s.

Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html,
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html.
"""
