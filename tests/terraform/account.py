"""AWS accounts to apply to: moto's server on loopback, and in each account a network.

Where moto differs from AWS, the difference is made up for here, so that no assertion has to be.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

REGION = "us-east-2"


class Credentials(NamedTuple):
    """What a call to AWS is signed with; the account is that of whom it belongs to."""

    access_key: str
    secret_key: str


class Account(NamedTuple):
    """An account: its id, where it answers and to whom, and what is in it before any apply."""

    id: str
    url: str
    credentials: Credentials
    vpc: str
    subnets: list[str]
    security_group: str

    @property
    def values(self) -> dict[str, object]:
        """What the account is for the variables that stand for it in one module or another."""
        of_subnets = dict.fromkeys(("subnets", "public_subnets", "private_subnets"), self.subnets)
        of_groups = dict.fromkeys(("security_group", "sg_alb_id", "sg_app_id"), self.security_group)
        return {"vpc_id": self.vpc, **of_subnets, **of_groups}

    def client(self, service: str) -> Any:
        """Return a boto3 client for the account."""
        return _client(self.url, self.credentials, service)


@contextmanager
def running_aws() -> Iterator[str]:
    """Start moto's server on a free port, yield its URL, and stop it in the end."""
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # AmazonECSTaskExecutionRolePolicy is one
    from moto.server import ThreadedMotoServer

    _remember_what_a_service_is_created_with()
    _remember_the_class_of_a_log_group()
    _answer_for_the_tags_of_scalable_targets()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_account(url: str) -> Account:
    """Prepare an account that nobody else has used, with a network in it."""
    account_id = str(next(_ACCOUNT_IDS))
    credentials = _credentials(account_id, url)
    ec2 = _client(url, credentials, "ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")
        for number, zone in enumerate("ab")
    ]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)
    return Account(account_id, url, credentials, vpc, [s["Subnet"]["SubnetId"] for s in subnets], group["GroupId"])


_ACCOUNT_IDS = itertools.count(111111111111)


def _credentials(account_id: str, url: str) -> Credentials:
    """To moto, whoever has assumed a role of an account is in it, and may add a user, which it finds more quickly."""
    sts = _client(url, Credentials("test", "test"), "sts")
    assumed = sts.assume_role(RoleArn=f"arn:aws:iam::{account_id}:role/tests", RoleSessionName="tests")["Credentials"]
    iam = _client(url, Credentials(assumed["AccessKeyId"], assumed["SecretAccessKey"]), "iam")
    iam.create_user(UserName="tests")
    key = iam.create_access_key(UserName="tests")["AccessKey"]
    return Credentials(key["AccessKeyId"], key["SecretAccessKey"])


def _client(url: str, credentials: Credentials, service: str) -> Any:
    import boto3

    return boto3.client(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=credentials.access_key,
        aws_secret_access_key=credentials.secret_key,
    )


def _remember_what_a_service_is_created_with() -> None:
    """moto 5.2.5 forgets some of it, so that each plan would want to set it again.

    And it tells an empty network where there is none, at which the provider ends.
    """
    from moto.ecs.responses import EC2ContainerServiceResponse

    create = EC2ContainerServiceResponse.create_service
    forgotten = {
        "availabilityZoneRebalancing": "availability_zone_rebalancing",
        "capacityProviderStrategy": "capacity_provider_strategy",
        "enableECSManagedTags": "enable_ecs_managed_tags",
        "enableExecuteCommand": "enable_execute_command",
        "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
        "placementConstraints": "placement_constraints",
        "placementStrategy": "placement_strategy",
    }

    def create_and_remember(self: Any) -> Any:
        result: Any = create(self)
        service = result.result["service"]
        for name, attribute in forgotten.items():
            setattr(service, attribute, self._get_param(name))
        service.network_configuration = service.network_configuration or None
        return result

    _put(EC2ContainerServiceResponse, create.__name__, create_and_remember)


def _remember_the_class_of_a_log_group() -> None:
    """moto 5.2.5 forgets it, so that each plan would replace the log group."""
    from moto.logs.models import LogGroup
    from moto.logs.responses import LogsResponse

    create, describe = LogsResponse.create_log_group, LogGroup.to_describe_dict

    def create_and_remember(self: Any) -> Any:
        result: Any = create(self)
        group = self.logs_backend.groups[self._get_param("logGroupName")]
        group.log_group_class = self._get_param("logGroupClass") or "STANDARD"
        return result

    def describe_with_class(self: Any) -> dict[str, Any]:
        return {**describe(self), "logGroupClass": self.log_group_class}

    _put(LogsResponse, create.__name__, create_and_remember)
    _put(LogGroup, describe.__name__, describe_with_class)


def _answer_for_the_tags_of_scalable_targets() -> None:
    """moto 5.2.5 has no `ListTagsForResource` of Application Auto Scaling, which newer providers ask each target."""
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

    register = ApplicationAutoScalingResponse.register_scalable_target
    tags: dict[str, dict[str, str]] = {}

    def register_and_remember(self: Any) -> str:
        result: str = register(self)
        tags.setdefault(json.loads(result)["ScalableTargetARN"], self._get_param("Tags") or {})
        return result

    def list_tags_for_resource(self: Any) -> str:
        return json.dumps({"Tags": tags[self._get_param("ResourceARN")]})

    _put(ApplicationAutoScalingResponse, register.__name__, register_and_remember)
    _put(ApplicationAutoScalingResponse, list_tags_for_resource.__name__, list_tags_for_resource)


def _put(responses: type, name: str, answer: Callable[[Any], Any]) -> None:
    """Let moto answer a call in another way; a second time in one process does nothing."""
    if getattr(getattr(responses, name, None), "__module__", "") != __name__:
        setattr(responses, name, answer)
