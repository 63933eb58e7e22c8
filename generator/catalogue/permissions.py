"""What a service's tasks may do, as the statements of an IAM policy."""

from __future__ import annotations

import re
from dataclasses import dataclass

OBJECT_ACTIONS = {"read": "s3:GetObject", "write": "s3:PutObject", "delete": "s3:DeleteObject"}
BUCKET_ACTIONS = {"list": "s3:ListBucket"}
CONSUME_ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
"""What a consumer's loop calls. Source: Amazon SQS developer guide, "Amazon SQS API permissions"."""

SECRET_ACTIONS = ("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret")
"""What ECS calls to give a secret to a container."""

_PART_OF_SECRET = re.compile(r"(\$\{.*\}):[^:{}]*:[^:{}]*:[^:{}]*", re.DOTALL)
"""An ARN with the key of a JSON document in the secret, a version's stage, and its id. Source: Amazon ECS developer
guide, "Pass Secrets Manager secrets through Amazon ECS environment variables"."""

_QUEUE_ARN = "arn:aws:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:"


@dataclass(frozen=True)
class Statement:
    """One statement of a policy: IAM actions, and the ARNs they are allowed on, as catalogue text."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]


def bucket_statements(bucket: str, access: tuple[str, ...]) -> list[Statement]:
    """Return the statements for a bucket: on its objects, and on the bucket itself, in the author's order."""
    on_objects = tuple(OBJECT_ACTIONS[word] for word in access if word in OBJECT_ACTIONS)
    on_bucket = tuple(BUCKET_ACTIONS[word] for word in access if word in BUCKET_ACTIONS)
    statements = [
        Statement(on_objects, (f"arn:aws:s3:::{bucket}/*",)),
        Statement(on_bucket, (f"arn:aws:s3:::{bucket}",)),
    ]
    return [statement for statement in statements if statement.actions]


def whole_secret(arn: str) -> str:
    """Return the ARN that IAM knows a secret by, given one of the secret or of a part of it, as catalogue text."""
    part = _PART_OF_SECRET.fullmatch(arn)
    return part.group(1) if part else arn


def queue_statement(queue: str) -> Statement:
    """Return the statement that lets a task consume a queue of the module's own account and region."""
    return Statement(CONSUME_ACTIONS, (_QUEUE_ARN + queue,))
