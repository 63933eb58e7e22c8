"""Which resources name several things to IAM."""

from __future__ import annotations

import pytest

from generator.aws.managed_policies import is_of_aws, is_wide_policy
from generator.aws.wildcards import names_several

A = "eu-west-1:123456789012"


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:s3:::shop",
        "arn:aws:s3:::shop/*",
        "arn:aws:s3:::shop/in/*",
        "arn:aws:s3:::shop/in*",
        "${aws_s3_bucket.shop.arn}/*",
        "${aws_sqs_queue.all[*].arn}",
        '${lookup({ a = "*" }, "a")}',
        f"arn:aws:dynamodb:{A}:table/orders/index/*",
        f"arn:aws:logs:{A}:log-group:/shop/web:*",
        f"arn:aws:secretsmanager:{A}:secret:db-??????",
        f"arn:aws:ssm:{A}:parameter/shop/*",
        "arn:aws:ssm:${local.region}:${local.account}:parameter/shop/*",
        f"arn:aws:execute-api:{A}:abc/*",
    ],
)
def test_one_thing_and_what_is_in_it_are_not_several(resource: str) -> None:
    assert not names_several(resource)


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "arn:aws:s3:::*",
        "arn:aws:s3:::shop-*",
        "${aws_s3_bucket.shop.arn}*",
        f"arn:aws:sqs:{A}:*",
        f"arn:aws:sqs:{A}:shop-*",
        "arn:aws:sqs:*:*:jobs",
        "arn:aws:sqs:eu-west-?:123456789012:jobs",
        f"arn:aws:dynamodb:{A}:table/*",
        f"arn:aws:logs:{A}:log-group:*",
        f"arn:aws:logs:{A}:log-group:/aws/*",
        f"arn:aws:secretsmanager:{A}:secret:prod/*",
        f"arn:aws:ecr:{A}:repository/team/*",
        "arn:aws:iam::123456789012:role/*",
        "arn:aws:iam::123456789012:role/team/*",
        f"arn:aws:ssm:{A}:parameter/*",
        "arn:*",
    ],
)
def test_several_are_several(resource: str) -> None:
    assert names_several(resource)


def test_policies_of_aws_that_allow_nearly_all_are_wide() -> None:
    of_aws = "arn:aws:iam::aws:policy"
    wide = ["AdministratorAccess", "PowerUserAccess", "AmazonS3FullAccess", "SecretsManagerReadWrite", "ReadOnlyAccess"]
    narrow = ["AmazonS3ReadOnlyAccess", "AWSXRayDaemonWriteAccess", "service-role/AmazonECSTaskExecutionRolePolicy"]
    assert all(is_wide_policy(f"{of_aws}/{name}") for name in wide)
    assert not any(is_wide_policy(f"{of_aws}/{name}") for name in narrow)
    own = "arn:aws:iam::123456789012:policy/AdministratorAccess"
    assert not is_of_aws(own)
    assert not is_of_aws("${var.policy}")
    assert not is_of_aws("arn:aws:iam::aws:policy/${var.name}")
