"""ARNs that stand in a policy: each is of what it is said to be, as far as one can tell, and of one thing alone."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.catalogue.arns import attribute_read, fields
from generator.errors import Rejection
from generator.hcl.write.text import Literal, WrittenExpression, parts
from generator.settings.values import shown


class Named(NamedTuple):
    """What an ARN may be of: its service, and what its resource begins with.

    Source: https://docs.aws.amazon.com/service-authorization/latest/reference/, "Resource types" of each service.
    """

    words: str
    service: str
    prefix: str


SECRET = Named("a secret", "secretsmanager", "secret:")
PARAMETER = Named("a parameter", "ssm", "parameter/")
KMS_KEY = Named("a key", "kms", "key/")
CLUSTER = Named("a cluster", "ecs", "cluster/")
ROLE = Named("a role", "iam", "role/")
TASK_DEFINITION = Named("a task definition", "ecs", "task-definition/")
LOG_GROUP = Named("a log group", "logs", "log-group:")
BUCKET = Named("a bucket", "s3", "")
OBJECT = Named("an object", "s3", "")
QUEUE = Named("a queue", "sqs", "")
TOPIC = Named("a topic", "sns", "")
TABLE = Named("a table", "dynamodb", "table/")
IDENTITY = Named("an identity", "ses", "identity/")

_ARN_OF = {
    "aws_kms_alias": (KMS_KEY, ("target_key_arn",)),
    "aws_kms_key": (KMS_KEY, ("arn",)),
    "aws_s3_bucket": (BUCKET, ("arn",)),
    "aws_s3_object": (OBJECT, ("arn",)),
    "aws_secretsmanager_secret": (SECRET, ("arn", "id")),
    "aws_secretsmanager_secret_version": (SECRET, ("arn", "secret_id")),
    "aws_ssm_parameter": (PARAMETER, ("arn",)),
}
"""What a type declares, and which of its attributes are the ARN: the `id` of a parameter is its name.

Source: the documentation of the AWS provider of each type.
"""

_SERVICE, _RESOURCE = 2, 5
"""Fields of an ARN. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html."""

_SEVERAL = re.compile(r"[*?]")


def check_named(text: str, *things: Named) -> None:
    """Check that a text which is an ARN, or begins with an expression for one, is of one of some things.

    Of expressions, those that are an attribute of some resources tell what they are. Raises `Rejection`.
    """
    pieces = parts(text)
    if any(_SEVERAL.search(piece.value) for piece in pieces if isinstance(piece, Literal)):
        raise Rejection(f"to IAM, {shown(text)} names more than one thing", "write it without `*` and `?`")
    if isinstance(pieces[0], WrittenExpression):
        _check_attribute(text, f"${{{pieces[0].bare}}}", things)
    elif text.startswith("arn:") and not any(_is_written_of(text, thing) for thing in things):
        _refuse(text, things)


def _check_attribute(text: str, expression: str, things: tuple[Named, ...]) -> None:
    type_, attribute = attribute_read(expression) or ("", "")
    thing, arns = _ARN_OF.get(type_, (None, ()))
    if thing in things and attribute not in arns:
        raise Rejection(f"{shown(text)} is not the ARN of {thing.words}", f"write its attribute `{arns[0]}`")
    if thing not in things and attribute in arns:
        _refuse(text, things)


def _refuse(text: str, things: tuple[Named, ...]) -> None:
    words = " or of ".join(thing.words for thing in things)
    raise Rejection(f"{shown(text)} is not the ARN of {words}", f"write the ARN of {things[0].words}")


def _is_written_of(arn: str, thing: Named) -> bool:
    """Tell whether a written ARN may be of a thing. The last field may be an expression for all that is left."""
    found = fields(arn)
    service = found[min(_SERVICE, len(found) - 1)]
    resource = ":".join(found[min(_RESOURCE, len(found) - 1) :])
    return _may_begin(service, thing.service) and _may_begin(resource, thing.prefix)


def _may_begin(text: str, beginning: str) -> bool:
    """Tell whether a text may begin with another one: an expression in it may come to anything."""
    known, expression, _ = text.partition("${")
    return known.startswith(beginning) or (bool(expression) and beginning.startswith(known))
