"""What is known of IAM's actions."""

from __future__ import annotations

import pytest

from generator.aws.iam_actions import (
    changes_permissions,
    is_known,
    knows_resources,
    likely_action,
    stands_for_several,
)
from generator.catalogue.uses import all_profiles


@pytest.mark.parametrize("action", ["sqs:SendMessage", "SQS:sendmessage", "s3:Get*", "s3:*", "*", "s3:GetObjec?"])
def test_an_action_or_what_is_spelled_like_one_is_known(action: str) -> None:
    assert is_known(action)


@pytest.mark.parametrize(
    "action", ["sqs:SendMesage", "sqz:SendMessage", "s3:Gett*", "s3:[G]etObject", "s3:", "SendMessage"]
)
def test_nothing_else_is(action: str) -> None:
    assert not is_known(action)


@pytest.mark.parametrize(
    ("action", "likely"),
    [
        ("sqs:SendMesage", "sqs:SendMessage"),
        ("sqz:SendMessage", "sqs:SendMessage"),
        ("s3:ListObjectsV2", "s3:ListBucket"),
        ("s3:HeadBucket", "s3:ListBucket"),
        ("s3:CreateMultipartUpload", "s3:PutObject"),
        ("nothing:AtAll", None),
        ("s3:Gett*", None),
    ],
)
def test_the_likely_action_is_told(action: str, likely: str | None) -> None:
    assert likely_action(action) == likely


def test_each_action_that_is_likely_is_one() -> None:
    calls = (
        "s3:ListObjects",
        "s3:DeleteObjects",
        "s3:HeadObject",
        "s3:ListBuckets",
        "sns:PublishBatch",
        "s3:CopyObject",
    )
    further = ("sqs:SendMessageBatch", "dynamodb:TransactWriteItems", "dynamodb:TransactGetItems", "lambda:Invoke")
    for call in (*calls, *further):
        assert not is_known(call), call
        assert is_known(str(likely_action(call))), call


@pytest.mark.parametrize(
    ("action", "has"),
    [
        ("sqs:SendMessage", True),
        ("sqs:*", True),
        ("xray:PutTraceSegments", False),
        ("cloudwatch:PutMetricData", False),
        ("ecr:GetAuthorizationToken", False),
        ("ssmmessages:*", False),
        ("new:Action", True),
    ],
)
def test_of_some_actions_iam_knows_no_resources(action: str, has: bool) -> None:
    assert knows_resources(action) is has


@pytest.mark.parametrize(
    "action", ["iam:PassRole", "IAM:PASSROLE", "iam:AttachRolePolicy", "kms:CreateGrant", "sts:AssumeRole"]
)
def test_some_let_one_do_more(action: str) -> None:
    assert changes_permissions(action)


@pytest.mark.parametrize("action", ["s3:GetObject", "iam:GetRole", "new:Action", "*"])
def test_others_do_not(action: str) -> None:
    assert not changes_permissions(action)


def test_what_stands_for_several() -> None:
    assert [one for one in ("*", "s3:Get*", "s3:GetObjec?", "s3:GetObject") if not stands_for_several(one)] == [
        "s3:GetObject"
    ]


def test_each_action_of_a_word_is_one_of_iam() -> None:
    actions = {action for profile in all_profiles() for action in (*profile.actions, *profile.on_key)}
    assert len(actions) > 40
    assert [action for action in actions if not is_known(action)] == []
