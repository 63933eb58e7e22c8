"""The actions of IAM, and which of them IAM knows no resources of.

`tools/iam_table.py` makes the table. AWS adds actions each week, so an action that it lacks may exist.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path
from re import IGNORECASE, compile
from typing import NamedTuple

from generator.errors import nearest

_TABLE = Path(__file__).parent / "iam.json"

_SEVERAL = "*?"


_ASSUME_ROLE = "sts:assumerole"

_OF_CALLS = {
    **dict.fromkeys(("s3:ListObjects", "s3:ListObjectsV2", "s3:HeadBucket"), "s3:ListBucket"),
    **dict.fromkeys(("s3:CreateMultipartUpload", "s3:UploadPart", "s3:CompleteMultipartUpload"), "s3:PutObject"),
    "s3:CopyObject": "s3:PutObject",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sns:PublishBatch": "sns:Publish",
    "dynamodb:TransactGetItems": "dynamodb:GetItem",
    "dynamodb:TransactWriteItems": "dynamodb:PutItem",
    "lambda:Invoke": "lambda:InvokeFunction",
}
"""Calls of APIs whose action has another name.

Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html,
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html,
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html.
"""


class ServiceActions(NamedTuple):
    """The names of a service's actions: those on some resources, and those that a policy allows on `*` alone.

    With those `of_permissions`, one changes who may do what.
    """

    on_some: tuple[str, ...]
    on_all: tuple[str, ...]
    of_permissions: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.on_some + self.on_all


def stands_for_several(action: str) -> bool:
    """Tell whether IAM takes an action for all that are spelled like it."""
    return any(sign in action for sign in _SEVERAL)


def is_known(action: str) -> bool:
    """Tell whether the table has an action, or one that is spelled like it. IAM does not care about case."""
    return any(True for _ in _meant(action))


def knows_resources(action: str) -> bool:
    """Tell whether IAM could allow an action on some resources. Of one that is not known, it may."""
    meant = [*_meant(action)]
    return not meant or any(has_resources for _, has_resources in meant)


def changes_permissions(action: str) -> bool:
    """Tell whether one may do more with an action than it says: it passes a role, or changes who may do what."""
    service, _, name = action.lower().partition(":")
    found = _actions().get(service)
    named = {one.lower() for one in found.of_permissions} if found else set()
    return name in named or action.lower() == _ASSUME_ROLE


def likely_action(action: str) -> str | None:
    """Return the action of the table whose name is most like one that it lacks."""
    service, _, name = action.partition(":")
    actions = _actions()
    if action in _OF_CALLS:
        return _OF_CALLS[action]
    if service not in actions:
        near = nearest(service, actions)
        return f"{near}:{name}" if near and is_known(f"{near}:{name}") else None
    near = None if stands_for_several(name) else nearest(name, actions[service].names)
    return f"{service}:{near}" if near else None


def _meant(action: str) -> Iterator[tuple[str, bool]]:
    """Yield each action that an action stands for, and whether IAM knows resources of it."""
    if action == "*":
        yield action, True
        return
    service, _, name = action.partition(":")
    found = _actions().get(service.lower())
    if found is None:
        return
    is_like = compile(translate(name.replace("[", "[[]")), IGNORECASE).match
    yield from ((one, True) for one in found.on_some if is_like(one))
    yield from ((one, False) for one in found.on_all if is_like(one))


@functools.cache
def _actions() -> dict[str, ServiceActions]:
    table = json.loads(_TABLE.read_text("utf-8"))["actions"]
    return {service: ServiceActions(*(tuple(names.split()) for names in lists)) for service, lists in table.items()}
