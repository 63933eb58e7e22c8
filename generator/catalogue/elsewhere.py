"""Keys that people bring from Copilot, Compose, Kubernetes and ECS itself: what they are called here, or done instead.

Each is written with `_` between its words: `desiredCount` and `desired-count` are found as `desired_count`.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.settings.parts import Elsewhere

_CALLED = {
    "architecture": "arch cpu_architecture platform runtime_platform",
    "assign_public_ip": "associate_public_ip public_ip",
    "buckets": "bucket s3 s3_bucket s3_buckets",
    "capacity": "capacity_provider capacity_provider_strategy capacity_providers spot",
    "command": "args cmd",
    "container_definition": "container_overrides overrides taskdef_overrides",
    "containers": "container_definitions init_container init_containers sidecar sidecars",
    "cpu": "cpu_count cpus vcpu vcpus",
    "delivery": "dead_letter dead_letter_config dead_letter_queue dlq retries retry retry_policy",
    "depends_on": "dependencies",
    "deployment": "deploy deployment_configuration deployment_strategy rolling_update strategy update_config",
    "desired_count": "count desired instances num replicas scale task_count",
    "enabled": "state suspend",
    "entry_point": "entrypoint",
    "environment": "env env_vars environment_variables envs variables vars",
    "environment_file": "env_file env_files",
    "environment_from": "additional_environment extra_environment",
    "ephemeral_storage": "disk disk_size ephemeral",
    "execute_command": "ecs_exec enable_execute_command exec",
    "execution_role": "execution_role_arn task_exec_role task_execution_role task_execution_role_arn",
    "health_check": "container_health_check healthcheck liveness_probe probe readiness_probe startup_probe",
    "health_check_grace_period": "health_check_grace_period_seconds",
    "image": "container_image docker_image image_uri",
    "kind": "type",
    "when": "condition create create_service if",
    "launch": "fargate launch_type requires_compatibilities",
    "load_balancer": "alb elb http ingress lb listener load_balancers nlb target_group target_group_arn",
    "log_group": "awslogs_group log_group_name",
    "log_router": "firelens firelens_configuration fluent_bit fluentbit fluentd",
    "log_retention_days": "log_retention retention retention_days retention_in_days",
    "memory": "mem mem_limit memory_limit memory_mb memory_mi_b memory_mib memory_reservation ram",
    "mounts": "mount mount_points volume_mounts",
    "names": "naming name_pattern name_patterns name_prefix resource_names",
    "operating_system": "operating_system_family os os_family",
    "outputs": "output",
    "port": "container_port expose target_port",
    "network_mode": "net network_driver",
    "placement": (
        "affinity node_selector ordered_placement_strategy placement_constraints placement_strategy tolerations"
    ),
    "ports": "container_ports port_mappings",
    "policies": "attached_policies managed_policies managed_policy_arns policy_arns",
    "permissions": (
        "iam iam_policies iam_policy_statements inline_policies inline_policy policy policy_statements role_policies "
        "statements task_policies"
    ),
    "queue": "queue_name queue_url sqs_queue",
    "queues": "sqs sqs_queues",
    "tables": "dynamodb dynamodb_tables table",
    "topics": "publish publishes sns sns_topics topic",
    "parameters": "ssm_parameters",
    "keys": "kms kms_keys",
    "email": "emails mail ses ses_identities",
    "metrics": "cloudwatch cloudwatch_metrics",
    "traces": "tracing x_ray xray",
    "logs": "log_groups",
    "role": "iam_role service_account service_account_name task_role task_role_arn",
    "schedule": "cron on rate schedule_expression",
    "scheduling": "scheduling_strategy",
    "secrets": "secret",
    "secrets_from": "additional_secrets extra_secrets secret_from",
    "security_group": "firewall sg",
    "security_groups": "security_group_ids sgs",
    "stop_timeout": "stop_grace_period termination_grace_period_seconds",
    "subnets": "subnet subnet_ids",
    "tags": "labels",
    "task_definition": "task_definition_arn task_definition_family",
    "terraform": "transform",
    "timezone": "schedule_expression_timezone time_zone tz",
    "volumes": "efs efs_volumes persistent_volume_claim persistent_volumes storage volume",
    "volumes_from": "volume_from",
    "wait_for_steady_state": "wait",
}
"""Settings of a service, and their names elsewhere."""

_BESIDE = "in a .tf file beside the generated ones"

_UNDER_NAMES = "a name follows from the service's key, and another one stands under `names`"
_NOT_WRAPPED = ("the settings of a service stand right below its key", "move them there, and remove this")
_OF_KUBERNETES = ("only Kubernetes has such a key", "remove it")


def _line(type_: str, entry: str) -> str:
    """Return what a service says of a resource in Terraform's own names."""
    return f"`terraform: {{{type_}: {{{entry}}}}}`"


_MEMBERS = {
    "cap_add": "linuxParameters: {capabilities: {add: [SYS_PTRACE]}}",
    "cap_drop": "linuxParameters: {capabilities: {drop: [ALL]}}",
    "docker_labels": "dockerLabels: {team: web}",
    "environment_files": 'environmentFiles: [{type: s3, value: "${var.file_arn}"}]',
    "essential": "essential: true",
    "image_pull_secrets repository_credentials": 'repositoryCredentials: {credentialsParameter: "${var.secret_arn}"}',
    "init linux_parameters": "linuxParameters: {initProcessEnabled: true}",
    "interactive stdin_open": "interactive: true",
    "pseudo_terminal tty": "pseudoTerminal: true",
    "read_only readonly_root_filesystem": "readonlyRootFilesystem: true",
    "security_context": 'user: "1000", readonlyRootFilesystem: true',
    "start_timeout": "startTimeout: 30",
    "sysctls system_controls": 'systemControls: [{namespace: net.core.somaxconn, value: "1024"}]',
    "tmpfs": "linuxParameters: {tmpfs: [{containerPath: /run, size: 64}]}",
    "ulimits": "ulimits: [{name: nofile, softLimit: 65536, hardLimit: 65536}]",
    "user": 'user: "1000"',
    "workdir working_dir working_directory": "workingDirectory: /srv",
}
"""Members of the container definition that no key of the catalogue is for, each with a value."""

_ARGUMENTS = {
    "enable_ecs_managed_tags": ("aws_ecs_service", "enable_ecs_managed_tags: true"),
    "force_new_deployment": ("aws_ecs_service", "force_new_deployment: true"),
    "ignore_changes lifecycle": ("aws_ecs_service", "lifecycle: {ignore_changes: [desired_count]}"),
    "pid pid_mode": ("aws_ecs_task_definition", "pid_mode: task"),
    "service_connect": ("aws_ecs_service", "service_connect_configuration: {enabled: true}"),
    "service_discovery service_registries": ("aws_ecs_service", 'service_registries: {registry_arn: "${var.arn}"}'),
    "timeouts": ("aws_ecs_service", "timeouts: {create: 20m}"),
}
"""Arguments and blocks that no key of the catalogue is for, each with a value."""

_NO_KEY = "tfgen has no key of its own for it"
_IN_OWN_NAMES = {
    words: (_NO_KEY, f"write `container_definition: {{{entry}}}`") for words, entry in _MEMBERS.items()
} | {words: (_NO_KEY, f"write {_line(*entry)}") for words, entry in _ARGUMENTS.items()}

_IGNORED_COUNT = _line(*_ARGUMENTS["ignore_changes lifecycle"])
_NO_ROLLBACK = _line("aws_ecs_service", "deployment_circuit_breaker: {rollback: false}")

_INSTEAD = {
    **_IN_OWN_NAMES,
    "configs": ("tfgen puts no files into a container", "build them into the image, or pass values in `environment`"),
    "log_configuration log_driver logging": (
        "every container logs to CloudWatch",
        "set `log_group` and `log_retention_days`, or `log_group: false` for none, and what else there is as ECS names "
        "it, such as `container_definition: {logConfiguration: {options: {mode: non-blocking}}}`",
    ),
    "autoscale autoscaling auto_scaling hpa max_capacity max_count min_capacity min_count scaling": (
        "tfgen has no autoscaling",
        f"write an `aws_appautoscaling_target` {_BESIDE}, and {_IGNORED_COUNT}",
    ),
    "platform_version": (
        "every service on Fargate has platform version 1.4.0",
        f"remove it, or write {_line('aws_ecs_service', 'platform_version: LATEST')}",
    ),
    "env_from": (
        "ConfigMaps and Secrets are those of Kubernetes",
        "write variables under `environment` or in an `environment_file`, and secrets under `secrets`",
    ),
    "parameter_store secrets_manager ssm value_from": (
        "secrets and parameters of Systems Manager stand under `secrets`",
        "write `NAME: {secret: NAME_IN_MODULE}` or `NAME: {parameter: /path/of/it}` there",
    ),
    "awsvpc_configuration network network_configuration networks vpc vpc_config": (
        "the network of a service stands in three keys",
        "set `subnets`, `security_groups` and `assign_public_ip`, here or under `network` of the catalogue",
    ),
    "alias certificate certificates domain domain_name host hosts path paths": (
        "tfgen writes no rules of a load balancer",
        f"write its listener and target group {_BESIDE}, and name them under `load_balancer`",
    ),
    "build context dockerfile": ("tfgen builds no image", "build and push it before an apply, and set `image`"),
    "image_pull_policy pull_policy": ("Fargate pulls the image for each task", "remove it"),
    "limits requests resources": ("the size of a task is `cpu` and `memory`", "set these two"),
    "propagate_tags": (
        "tasks get the tags of their task definition",
        f"remove it, or write {_line('aws_ecs_service', 'propagate_tags: SERVICE')}",
    ),
    "extends": ("services have only `defaults` in common", "write there what they share"),
    "dns extra_hosts hostname ipc ipc_mode links privileged shm_size": (
        "Fargate does not take it",
        "remove it, or write it as ECS names it under `container_definition` where tasks run on EC2",
    ),
    "restart restart_policy": ("ECS starts a task again when it stops", "remove it"),
    "environments profiles stages": (
        "a catalogue has one environment",
        "write what differs as an expression, such as `${var.environment}`",
    ),
    "alarms dashboards monitoring observability": ("tfgen has no alarms", f"write them {_BESIDE}"),
    "subscribe subscriptions": (
        "tfgen makes no topic, and no subscription to one",
        f"write them {_BESIDE}, and consume the queue that is subscribed under `queues`",
    ),
    "backoff_limit concurrency_policy completions parallelism": (
        "tfgen has no such setting of a job",
        "let the command see to it, or remove it",
    ),
    "active_deadline_seconds timeout": ("tfgen has no end to a task's time", "let the command end by itself"),
    "starting_deadline_seconds": ("how late a job may start is a setting of `delivery`", "set its `maximum_age`"),
    "cluster": ("all services run in the module's own cluster", "remove it"),
    "container container_name": (_UNDER_NAMES, "write `names: {container: app}`"),
    "family": (_UNDER_NAMES, "write `names: {family: shop-web}`"),
    "name service_name": (_UNDER_NAMES, "write `names: {service: shop-web}`, or rename the service's key"),
    "metadata spec template": _NOT_WRAPPED,
    "annotations api_version namespace selector": _OF_KUBERNETES,
    "account account_id region": ("account and region are those of the provider", "remove it"),
}


def _by_word(
    called: Mapping[str, str], instead: Mapping[str, tuple[str, str]] | None = None
) -> dict[str, str | Elsewhere]:
    names: dict[str, str | Elsewhere] = {word: name for name, words in called.items() for word in words.split()}
    told = {word: Elsewhere(*said) for words, said in (instead or {}).items() for word in words.split()}
    return names | told


OF_A_SERVICE = _by_word(_CALLED, _INSTEAD)

_OF_CONTAINERS = (
    *("command", "container_definition", "depends_on", "entry_point", "environment", "environment_from"),
    *("health_check", "image", "secrets", "secrets_from", "stop_timeout"),
)
"""Settings that each container of a task has."""

_SHARE = "container_definition: {cpu: 64}"

OF_A_CONTAINER = _by_word(
    {name: _CALLED[name] for name in _OF_CONTAINERS}
    | {"ports": "container_port container_ports expose port port_mappings target_port", "when": "condition enabled"},
    {
        words: (_NO_KEY, f"write `container_definition: {{{entry}}}`")
        for words, entry in _MEMBERS.items()
        if words != "essential"
    }
    | {
        "cpu cpus": ("containers share the CPU of their task", f"write `{_SHARE}` for what this one gets of it"),
        "mem memory memory_limit memory_reservation": (
            "containers share the memory of their task",
            "write `container_definition: {memory: 128}` for the most that this one gets, or `{memoryReservation: 64}` "
            "for the least",
        ),
        "container_name name": ("a container is called by its key", "remove it"),
        "log_configuration log_driver log_group log_retention_days logging logs": (
            "the containers of a task log to the service's log group",
            "write another driver as ECS names it: `container_definition: {logConfiguration: {logDriver: syslog}}`",
        ),
        "architecture assign_public_ip buckets deployment desired_count ephemeral_storage execute_command kind "
        "load_balancer outputs queue role schedule security_groups subnets tags terraform volumes": (
            "it is a setting of the service: all containers of a task have it in common",
            "move it there",
        ),
    },
)

OF_A_LOG_ROUTER = OF_A_CONTAINER | _by_word(
    {
        "config_file": "config_file_path config_file_value",
        "environment": f"{_CALLED['environment']}",
        "metadata": "enable_ecs_log_metadata enable_metadata",
        "options": "destination output outputs",
        "secret_options": "option_secrets",
    },
    {"when condition enabled": ("the containers of a task log to it, and it is always there", "remove it")},
)

OF_A_PORT = _by_word(
    {
        "app_protocol": "application_protocol",
        "host_port": "host published",
        "name": "port_name",
        "port": "container_port",
        "protocol": "transport",
    }
)

OF_A_CATALOGUE = _by_word(
    {
        "cluster": "cluster_arn cluster_id cluster_name ecs_cluster",
        "defaults": "common default",
        "images": "ecr registry repositories repository",
        "network": "network_configuration networks vpc",
        "preset": "presets profile",
        "project": "app app_name application name",
        "requires": "required_providers required_version required_versions requirements versions",
        "services": "apps jobs service tasks workers",
        "tags": "labels",
    },
    {
        "container_definition": ("it stands in a service, or in `defaults` for all", "move it there"),
        "backend locals outputs provider providers variables": (
            "this is not part of a catalogue",
            f"write it {_BESIDE}",
        ),
        "secrets": (
            "secrets are settings of services",
            "set those of all services under `defaults.secrets`, and others in the service that uses them",
        ),
        "configs volumes": ("volumes are part of a task", "write `volumes:` in the service that has them"),
        "annotations api_version kind metadata namespace spec": _OF_KUBERNETES,
        "account account_id region": ("account and region are those of the provider", "remove it"),
        "env environment environments stages": (
            "a catalogue has one environment",
            "set variables for all services under `defaults.environment`, and write what differs as an expression",
        ),
    },
)

OF_A_CLUSTER = _by_word(
    {"arn": "cluster_arn id", "container_insights": "insights", "name": "cluster_name"},
    {
        "setting settings": ("it has a key of its own", "write `container_insights:`"),
        "capacity_providers configuration service_connect_defaults": (
            _NO_KEY,
            "write it at the top as `terraform: {aws_ecs_cluster: …}`, or in a .tf file beside the generated ones",
        ),
    },
)

OF_NAMES = _by_word(
    {
        "container": "container_name",
        "execution_policy": "execution_role_policy",
        "execution_role": "execution_role_name task_execution_role",
        "family": "task_definition task_definition_name task_family",
        "log_group": "awslogs_group log_group_name",
        "policy": "policy_name role_policy task_policy task_role_policy",
        "role": "iam_role role_name task_role task_role_name",
        "schedule": "cron schedule_name",
        "security_group": "security_group_name sg",
        "service": "ecs_service name service_name",
        "target_group": "target_group_name",
    },
    {"cluster cluster_name ecs_cluster": ("the cluster has a key of its own", "write `cluster: {name: …}` at the top")},
)

OF_A_LOG_GROUP = _by_word(
    {"arn": "log_group_arn", "name": "log_group_name"},
    {
        "kms_key kms_key_id log_retention_days retention retention_days retention_in_days skip_destroy": (
            "the log group exists, and tfgen changes nothing of it",
            "remove it",
        ),
    },
)

OF_A_ROLE = _by_word({"arn": "role_arn", "name": "role role_name"})

OF_AN_EXECUTION_ROLE = _by_word(
    {"arn": "role_arn", "managed": "attachments managed_policies managed_policy_arns policies policy_arns"},
    {
        "name policy": (
            "names of the service's own role and its policy stand under `names`",
            "write `names: {execution_role: …, execution_policy: …}` in the service",
        ),
    },
)

OF_A_NETWORK = _by_word(
    {
        "security_groups": "security_group security_group_ids sgs",
        "subnets": "private_subnets subnet subnet_ids",
        "vpc": "vpc_id",
    },
    {
        "assign_public_ip public_ip": (
            "whether tasks have a public address is a setting of services",
            "set `defaults.assign_public_ip`",
        ),
    },
)

OF_REQUIRES = _by_word(
    {"aws": "aws_provider hashicorp_aws provider", "terraform": "required_version terraform_version"},
    {"required_providers": ("the key is the name of the provider", "write `aws:` with a version constraint")},
)

OF_A_SECURITY_GROUP = _by_word(
    {"egress": "outbound", "ingress": "inbound rules"},
    {
        "name": ("its name has a key of its own", "write `names: {security_group: …}` in the service"),
        "vpc vpc_id": ("its VPC is that of the tasks", "write `vpc:` under `network`"),
        "description": (
            "it has no key",
            "write `terraform: {aws_security_group: {description: …}}` in the service",
        ),
    },
)

OF_A_SECURITY_GROUP_RULE = _by_word(
    {
        "cidr_blocks": "cidr cidr_block cidr_ipv4 cidrs cidr_ip",
        "ipv6_cidr_blocks": "cidr_ipv6 ipv6_cidr ipv6_cidr_block",
        "port": "from_port ports",
        "prefix_list_ids": "prefix_list prefix_list_id prefix_lists",
        "protocol": "ip_protocol",
        "security_groups": "from groups referenced_security_group_id security_group source_security_group_id to",
    }
)

OF_AN_IMAGE = _by_word({"repository": "name repo uri url", "tag": "image_tag version"})

OF_A_HEALTH_CHECK = _by_word(
    {
        "command": "cmd test",
        "interval": "interval_seconds period_seconds",
        "retries": "failure_threshold unhealthy_threshold",
        "start_period": "grace_period initial_delay_seconds",
        "timeout": "timeout_seconds",
    },
    {
        "healthy_threshold http_get matcher path port protocol success_codes": (
            "this check runs inside of the container; that of a load balancer is part of its target group",
            f"write it in the `aws_lb_target_group` {_BESIDE}",
        ),
    },
)

OF_A_DEPLOYMENT = _by_word(
    {
        "maximum_percent": "deployment_maximum_percent max max_percent max_surge maximum",
        "minimum_healthy_percent": (
            "deployment_minimum_healthy_percent max_unavailable min min_healthy_percent minimum minimum_percent"
        ),
    },
    {
        "circuit_breaker deployment_circuit_breaker rollback": (
            "every service has a deployment circuit breaker with rollback",
            f"remove it, or write in the service {_NO_ROLLBACK}",
        ),
    },
)

OF_A_LOAD_BALANCER = _by_word(
    {
        "container": "container_name target_container",
        "listener": "alb_listener lb_listener listener_arn",
        "port": "container_port target_port",
        "rule": "listener_rule lb_listener_rule",
        "target_group": "target_group_arn target_group_name",
    },
    {
        "alias health_check healthcheck host path rules": (
            "tfgen writes no rules of a load balancer",
            f"write its listener and target group {_BESIDE}",
        ),
    },
)

OF_A_TARGET_GROUP = _by_word(
    {
        "deregistration_delay": "deregistration_delay_seconds",
        "health_check": "healthcheck health_check_path",
        "protocol": "backend_protocol",
    },
    {
        "name": ("its name has a key of its own", "write `names: {target_group: …}` in the service"),
        "port": ("its port is that of the container", "write `port:` beside `target_group`, or in the service"),
        "vpc vpc_id": ("its VPC is that of the tasks", "write `vpc:` under `network`"),
        "stickiness": (
            "it has no key",
            "write `terraform: {aws_lb_target_group: {stickiness: {type: lb_cookie}}}` in the service",
        ),
    },
)

OF_A_TARGET_HEALTH_CHECK = _by_word(
    {
        "healthy_threshold": "healthy_threshold_count",
        "interval": "health_check_interval_seconds period",
        "matcher": "codes status success_codes",
        "path": "health_check_path uri url",
        "timeout": "health_check_timeout_seconds",
        "unhealthy_threshold": "retries unhealthy_threshold_count",
    }
)

_ACCESS = "actions allow grant grants permissions"
_OF_AN_ENCRYPTED_THING = {"access": _ACCESS, "kms_key": "encryption_key kms kms_key_arn kms_key_id"}

_NAMES_OF_A_BUCKET = "bucket bucket_name"

OF_A_LISTED_BUCKET = _by_word(
    {"access": _ACCESS, "name": f"arn {_NAMES_OF_A_BUCKET}"},
    {
        "kms_key prefix": (
            "only buckets that stand by their names have it",
            "write `buckets: {NAME: {access: […], prefix: …, kms_key: …}}` in place of the list",
        ),
    },
)

OF_A_BUCKET = _by_word(
    {**_OF_AN_ENCRYPTED_THING, "arn": "bucket_arn", "name": _NAMES_OF_A_BUCKET, "prefix": "path paths prefixes"}
)

OF_A_QUEUE = _by_word(
    {**_OF_AN_ENCRYPTED_THING, "arn": "queue_arn", "name": "queue queue_name"},
    {"url": ("IAM knows a queue by its name", "write `name:` or `arn:`")},
)

OF_A_TOPIC = _by_word({**_OF_AN_ENCRYPTED_THING, "arn": "topic_arn", "name": "topic topic_name"})

OF_A_TABLE = _by_word(
    {"access": _ACCESS, "arn": "table_arn", "name": "table table_name"},
    {"index indexes": ("all indexes of a table are one word of `access`", "add `indexes` there")},
)

OF_A_PARAMETER = _by_word({"access": _ACCESS, "arn": "parameter_arn", "name": "parameter path"})

OF_A_KEY = _by_word(
    {"access": _ACCESS, "arn": "key_arn", "name": "id key_id"},
    {"alias": ("IAM does not take an alias of a key", "write its id as `name`, or its ARN as `arn`")},
)

OF_AN_IDENTITY = _by_word({"access": _ACCESS, "arn": "identity_arn", "name": "address domain identity"})

OF_LOGS = _by_word({"access": _ACCESS, "arn": "log_group_arn", "name": "log_group log_group_name"})

OF_A_PERMISSION = _by_word(
    {
        "actions": "action allow",
        "conditions": "condition",
        "effect": "type",
        "resources": "arn arns on resource",
        "sid": "id",
    },
    {
        "not_actions not_action not_resources not_resource": (
            "a statement names what it is about",
            "name the actions and resources, or write this policy in a .tf file beside the generated ones",
        ),
        "principal principals": ("the principal is the role of the tasks", "remove it"),
    },
)

OF_A_CAPACITY_PROVIDER = _by_word({"provider": "capacity_provider name", "weight": "share"})

OF_A_PLACEMENT = _by_word(
    {"constraints": "constraint placement_constraints", "strategy": "ordered_placement_strategy placement_strategy"}
)

OF_A_PLACEMENT_STRATEGY = _by_word(
    {"binpack": "bin_pack"}, {"field type": ("the type is the key, and the field its value", "write `spread: FIELD`")}
)

OF_A_PLACEMENT_CONSTRAINT = _by_word(
    {"member_of": "expression"}, {"type": ("the type is the key, and the expression its value", "remove it")}
)

OF_A_DELIVERY = _by_word(
    {
        "dead_letter": "dead_letter_arn dead_letter_config dead_letter_queue dlq queue",
        "maximum_age": "max_age maximum_event_age maximum_event_age_in_seconds",
        "retries": "max_retries maximum_retry_attempts retry retry_attempts",
    }
)

OF_A_VOLUME = _by_word(
    {
        "docker": "docker_volume docker_volume_configuration",
        "ebs": "configure_at_launch configured_at_launch managed_ebs_volume",
        "efs": "efs_volume efs_volume_configuration nfs",
        "host": "bind host_path source source_path",
    },
    {
        "empty_dir external scratch tmpfs": ("an empty volume has no keys", "write `{}`"),
        "fsx_windows_file_server_volume_configuration s3files_volume_configuration": (
            _NO_KEY,
            "write all volumes of the service as `volume` in `terraform: {aws_ecs_task_definition: …}`",
        ),
        "name": ("the key of a volume is its name", "remove it"),
        "path read_only": ("where a container finds a volume is said in `mounts`", "write it there"),
    },
)

OF_AN_EFS_VOLUME = _by_word(
    {
        "access_point": "access_point_id",
        "file_system": "file_system_id filesystem fs id uid",
        "iam": "authorization authorization_config iam_authorization",
        "root_directory": "directory path root root_dir",
        "transit_encryption": "encrypted encryption",
    },
    {
        "transit_encryption_port": (
            "tfgen lets ECS choose the port",
            "write all volumes of the service as `volume` in `terraform: {aws_ecs_task_definition: …}` to set it",
        ),
    },
)

OF_AN_EBS_VOLUME = _by_word(
    {
        "file_system": "file_system_type filesystem filesystem_type fs_type",
        "kms_key": "key kms_key_arn kms_key_id",
        "role": "role_arn",
        "size": "size_in_gb size_in_gi_b size_in_gib",
        "snapshot": "snapshot_id",
        "type": "volume_type",
    }
)

OF_A_DOCKER_VOLUME = _by_word({"driver_opts": "options opts", "labels": "tags"})

OF_A_MOUNT = _by_word(
    {"path": "container_path mount_path target", "read_only": "readonly ro"},
    {"source_volume volume": ("the key of a mount is the name of the volume", "remove it")},
)

OF_MOUNTS_OF_ANOTHER = _by_word({"container": "name source source_container", "read_only": "readonly ro"})
