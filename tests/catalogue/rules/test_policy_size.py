"""The policy that names all secrets may have as many characters as IAM takes, and not one more."""

from __future__ import annotations

import json

from generator.catalogue.read import read
from generator.errors import CatalogueError
from generator.source.source import Source
from tests.support.rendering import SMALL

IAM_TAKES = 6144
REGION, SHORTEST_REGION = "${data.aws_region.current.name}", "eu-west-1"
ARN = f"arn:aws:secretsmanager:{REGION}:123456789012:secret:"
NAMES = [f"{number:03}" for number in range(80)]


def errors(arns: list[str]) -> list[str]:
    secrets = "".join(f'      S{number}: "{arn}"\n' for number, arn in enumerate(arns))
    text = f"{SMALL}    secrets:\n{secrets}"
    try:
        read(Source(text, "services.yaml"))
    except CatalogueError as error:
        return [str(problem) for problem in error.problems]
    return []


def policy(arns: list[str]) -> str:
    """Return the policy as Terraform's `jsonencode` writes it in the region with the shortest name."""
    actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    statement = {
        "Action": actions,
        "Effect": "Allow",
        "Resource": [arn.replace(REGION, SHORTEST_REGION) for arn in arns],
    }
    return json.dumps({"Statement": [statement], "Version": "2012-10-17"}, separators=(",", ":"))


def arns_of_a_policy_with(length: int) -> list[str]:
    """Return ARNs of secrets that make a policy of that length; the last one has what is left."""
    arns = [ARN + name for name in NAMES]
    return [*arns, ARN + "x" * (length - len(policy([*arns, ARN])))]


def test_a_policy_of_all_characters_that_iam_takes_is_taken() -> None:
    arns = arns_of_a_policy_with(IAM_TAKES)
    assert len(policy(arns)) == IAM_TAKES
    assert errors(arns) == []


def test_one_more_is_an_error_at_the_secret_that_is_too_much() -> None:
    arns = arns_of_a_policy_with(IAM_TAKES + 1)
    (error,) = errors(arns)
    assert "services.mail.secrets.S80: aws_iam_policy.task_execution_secrets has 6,145 characters or more" in error
