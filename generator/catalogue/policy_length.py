"""How many characters a policy has at least: what its expressions come to, Terraform alone knows."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from generator.catalogue.arns import attribute_read
from generator.catalogue.partition import COMMERCIAL, OF_THE_ACCOUNT
from generator.catalogue.permissions import Statement, Texts, as_tuple

_EXPRESSION = re.compile(r"\$\{[^{}]*\}")

_SHORTEST = {
    OF_THE_ACCOUNT: COMMERCIAL,
    "${data.aws_region.current.id}": "eu-west-1",
    "${data.aws_region.current.name}": "eu-west-1",
    "${data.aws_region.current.region}": "eu-west-1",
    "${data.aws_caller_identity.current.account_id}": "123456789012",
}
"""What an expression comes to that is no shorter in any account."""

_SHORTEST_ARNS = {
    "aws_dynamodb_table": "arn:aws:dynamodb:eu-west-1:123456789012:table/abc",
    "aws_kms_key": "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012",
    "aws_s3_bucket": "arn:aws:s3:::abc",
    "aws_secretsmanager_secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-abcdef",
    "aws_sns_topic": "arn:aws:sns:eu-west-1:123456789012:a",
    "aws_sqs_queue": "arn:aws:sqs:eu-west-1:123456789012:a",
    "aws_ssm_parameter": "arn:aws:ssm:eu-west-1:123456789012:parameter/a",
}
"""The same of the attribute `arn`. An expression that is not known may come to nothing.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/, "Resource types" of each service.
"""


def least_length(statements: Sequence[Statement]) -> int:
    """Return the least number of characters of a policy, without white space, which IAM does not count."""
    written = [_as_json(one) for one in statements]
    return least_length_of_text(json.dumps({"Version": "2012-10-17", "Statement": written}, separators=(",", ":")))


def least_length_of_text(text: str) -> int:
    """Return the least number of characters of a catalogue text."""
    return len(_EXPRESSION.sub(lambda found: _shortest(found.group()), text))


def _shortest(expression: str) -> str:
    read = attribute_read(expression)
    if read and read[1] == "arn":
        return _SHORTEST_ARNS.get(read[0], "")
    return _SHORTEST.get(expression, "")


def _as_json(one: Statement) -> dict[str, object]:
    written: dict[str, object] = {"Sid": one.sid} if one.sid else {}
    written |= {"Effect": one.effect}
    written |= {"Action": _one_or_several(one.actions), "Resource": _one_or_several(one.resources)}
    conditions: dict[str, dict[str, object]] = {}
    for test, variable, values in one.conditions:
        conditions.setdefault(test, {})[variable] = _one_or_several(values)
    return written | ({"Condition": conditions} if conditions else {})


def _one_or_several(texts: Texts) -> str | list[str]:
    several = as_tuple(texts)
    return several[0] if len(several) == 1 else list(several)
