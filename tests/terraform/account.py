"""An AWS account to apply to: moto's server on loopback, with a network in it.

Where moto differs from AWS, the difference is made up for here, so that no assertion has to be.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

REGION = "us-east-2"
ACCOUNT_ID = "123456789012"
SERVICES = ("ecs", "ecr", "iam", "sts", "elb", "ec2", "cloudwatchlogs", "secretsmanager", "sqs", "s3")
"""Endpoints by their names in the AWS provider's block."""

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}


@dataclass(frozen=True)
class Account:
    """A running account: where it answers, and what is in it before any apply."""

    url: str
    vpc: str
    subnets: list[str]
    security_group: str

    def client(self, service: str) -> Any:
        """Return a boto3 client for the account."""
        return _client(self.url, service)


@contextmanager
def running_account() -> Iterator[Account]:
    """Start moto's server on a free port, prepare a network, and stop the server in the end."""
    os.environ.update(CREDENTIALS)
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # AmazonECSTaskExecutionRolePolicy is one
    from moto.server import ThreadedMotoServer

    _remember_execute_command()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield _with_network(f"http://{host}:{port}")
    finally:
        server.stop()


def _with_network(url: str) -> Account:
    ec2 = _client(url, "ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")
        for number, zone in enumerate("ab")
    ]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)
    return Account(url, vpc, [subnet["Subnet"]["SubnetId"] for subnet in subnets], group["GroupId"])


def _client(url: str, service: str) -> Any:
    import boto3

    return boto3.client(service, endpoint_url=url, region_name=REGION)


def _remember_execute_command() -> None:
    """moto 5.2.5 forgets `enableExecuteCommand`, so that each plan would want to set it again."""
    from moto.ecs.responses import EC2ContainerServiceResponse

    create = EC2ContainerServiceResponse.create_service

    def create_and_remember(self: Any) -> Any:
        result: Any = create(self)
        result.result["service"].enable_execute_command = self._get_param("enableExecuteCommand", False)
        return result

    if create.__name__ != create_and_remember.__name__:
        setattr(EC2ContainerServiceResponse, create.__name__, create_and_remember)
