"""What the words of a catalogue grant, statement by statement."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalogue.permissions import Condition, Statement
from generator.catalogue.read import read
from generator.catalogue.uses.policies import attachment_name
from generator.errors import CatalogueError
from generator.source.source import Source
from tests.support.rendering import NAME, catalogue_of, dumped, edition_of

HERE = "${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"
OF_QUEUES = "${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}"


def catalogue_with(service: dict[str, Any], **parts: Any) -> str:
    return dumped(
        {
            "version": 1,
            "project": "shop",
            "module": {"path": "out", "address": "module.shop"},
            "network": {"subnets": ["subnet-1"], "security_groups": ["sg-1"]},
            **parts,
            "services": {"mail": {"kind": "worker", "image": "busybox:1", **service}},
        }
    )


def statements(service: dict[str, Any], **parts: Any) -> list[Statement]:
    return catalogue_of(catalogue_with(service, **parts)).services["mail"].statements


def granted(service: dict[str, Any], **parts: Any) -> list[tuple[Any, Any]]:
    return [(statement.actions, statement.resources) for statement in statements(service, **parts)]


def errors(service: dict[str, Any], **parts: Any) -> list[str]:
    try:
        read(Source(catalogue_with(service, **parts), NAME))
    except CatalogueError as error:
        return [f"{problem.key}: {problem.what}" for problem in error.problems]
    return []


def test_a_queue_has_one_statement_with_the_actions_in_the_authors_order() -> None:
    assert granted({"queues": {"jobs": ["produce", "consume"]}}) == [
        (
            ("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
            (f"arn:aws:sqs:{OF_QUEUES}:jobs",),
        )
    ]


def test_what_is_consumed_is_granted_alike_in_short_and_by_name() -> None:
    assert granted({"queue": "jobs"}) == granted({"queues": {"jobs": ["consume"]}})


@pytest.mark.parametrize(
    ("said", "arn"),
    [
        ({"name": "jobs"}, f"arn:aws:sqs:{OF_QUEUES}:jobs"),
        ({"name": "${var.queue}"}, f"arn:aws:sqs:{OF_QUEUES}:${{var.queue}}"),
        ({"name": "${aws_sqs_queue.jobs.name}"}, "${aws_sqs_queue.jobs.arn}"),
        ({"name": "${data.aws_sqs_queue.jobs.name}"}, "${data.aws_sqs_queue.jobs.arn}"),
        ({"arn": "${var.queue_arn}"}, "${var.queue_arn}"),
        ({"arn": "arn:aws:sqs:eu-west-1:123456789012:jobs"}, "arn:aws:sqs:eu-west-1:123456789012:jobs"),
    ],
)
def test_a_thing_is_named_in_many_ways(said: dict[str, str], arn: str) -> None:
    assert granted({"queues": {"any": {**said, "access": ["produce"]}}}) == [(("sqs:SendMessage",), (arn,))]


def test_a_bucket_has_a_statement_for_its_objects_and_one_for_itself() -> None:
    found = granted({"buckets": {"shop-files": ["list", "write", "locate", "read"]}})
    assert found == [
        (("s3:PutObject", "s3:GetObject"), ("arn:aws:s3:::shop-files/*",)),
        (("s3:ListBucket", "s3:GetBucketLocation"), ("arn:aws:s3:::shop-files",)),
    ]
    listed = [{"name": "shop-files", "access": ["list", "write", "locate", "read"]}]
    assert granted({"buckets": listed}) == found


def test_a_prefix_narrows_objects_and_what_is_listed() -> None:
    said = {"access": ["read", "list", "locate"], "prefix": "in/"}
    assert statements({"buckets": {"shop-files": said}}) == [
        Statement(("s3:GetObject",), ("arn:aws:s3:::shop-files/in/*",)),
        Statement(("s3:ListBucket",), ("arn:aws:s3:::shop-files",), (Condition("StringLike", "s3:prefix", ("in/*",)),)),
        Statement(("s3:GetBucketLocation",), ("arn:aws:s3:::shop-files",)),
    ]


@pytest.mark.parametrize(
    ("key", "said", "actions"),
    [
        ("queues", ["consume"], ("kms:Decrypt",)),
        ("queues", ["produce"], ("kms:GenerateDataKey", "kms:Decrypt")),
        ("queues", ["lookup"], None),
        ("topics", ["publish"], ("kms:GenerateDataKey", "kms:Decrypt")),
        ("buckets", ["read"], ("kms:Decrypt",)),
        ("buckets", ["read", "write"], ("kms:Decrypt", "kms:GenerateDataKey")),
        ("buckets", ["list"], None),
    ],
)
def test_with_a_key_of_kms_tasks_may_use_it_as_far_as_they_need(
    key: str, said: list[str], actions: tuple[str, ...] | None
) -> None:
    found = granted({key: {"shop-things": {"access": said, "kms_key": "main"}}})
    of_key = [one for one in found if one[1] == ("${aws_kms_key.main.arn}",)]
    assert of_key == ([(actions, ("${aws_kms_key.main.arn}",))] if actions else [])


@pytest.mark.parametrize(
    ("name", "resources"),
    [
        ("/shop/flags", f"arn:aws:ssm:{HERE}:parameter/shop/flags"),
        ("flags", f"arn:aws:ssm:{HERE}:parameter/flags"),
    ],
)
def test_a_parameter_is_one_slash_behind_its_type(name: str, resources: str) -> None:
    assert granted({"parameters": {name: ["write"]}}) == [(("ssm:PutParameter",), (resources,))]


def test_the_stars_behind_the_arn_of_a_log_group_stand_there_once() -> None:
    arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/audit"
    for written in (arn, f"{arn}:*"):
        found = granted({"logs": {"audit": {"arn": written, "access": ["write"]}}})
        assert found == [(("logs:CreateLogStream", "logs:PutLogEvents"), (f"{arn}:*",))]


@pytest.mark.parametrize("key", ["queues", "topics", "tables", "buckets", "parameters", "keys", "email"])
def test_no_other_thing_may_be_several(key: str) -> None:
    services = {"queues": "sqs", "topics": "sns", "tables": "dynamodb", "buckets": "s3", "parameters": "ssm"}
    service = services.get(key, {"keys": "kms", "email": "ses"}.get(key))
    word = {"queues": "consume", "topics": "publish", "keys": "decrypt", "email": "send"}.get(key, "read")
    arn = f"arn:aws:{service}:eu-west-1:123456789012:table/a:*"
    assert errors({key: {"some": {"arn": arn, "access": [word]}}})


def test_statements_come_in_the_order_of_their_keys_and_those_of_permissions_in_their_own() -> None:
    permissions = {
        "z": {"actions": ["sqs:PurgeQueue", "s3:GetObjectTagging"], "resources": ["${var.b}", "${var.a}"]},
        "a": {"effect": "Deny", "sid": "No", "actions": "${local.actions}", "resources": "${local.arns}"},
    }
    service = {"traces": True, "permissions": permissions, "queues": {"jobs": ["lookup"]}, "buckets": {"a-b": ["read"]}}
    found = statements(service)
    assert [one.service for one in (found[0], *found[3:])] == ["xray", "sqs", "s3"]
    assert found[1:3] == [
        Statement(("sqs:PurgeQueue", "s3:GetObjectTagging"), ("${var.b}", "${var.a}")),
        Statement("${local.actions}", "${local.arns}", (), "Deny", "No"),
    ]


def test_those_of_the_oldest_keys_come_first_by_service() -> None:
    listed = [{"name": "files", "access": ["read"]}]
    assert [one.service for one in statements({"queue": "jobs", "buckets": listed})] == ["s3", "sqs"]
    further = {"traces": True, "queue": "jobs", "topics": {"news": ["publish"]}, "buckets": listed}
    assert [one.service for one in statements(further)] == ["s3", "sqs", "xray", "sns"]
    by_name = {"traces": True, "queue": "jobs", "buckets": {"files": ["read"]}}
    assert [one.service for one in statements(by_name)] == ["sqs", "xray", "s3"]


def test_names_merge_with_those_of_the_defaults_and_a_null_takes_one_away() -> None:
    defaults = {
        "queues": {"jobs": ["consume"], "old": ["consume"]},
        "permissions": {"one": {"actions": ["ses:SendEmail"], "resources": ["${var.a}"]}},
    }
    service = {"queues": {"mails": ["produce"], "old": None}, "permissions": {"one": {"resources": ["${var.b}"]}}}
    assert granted(service, defaults=defaults) == [
        (("sqs:SendMessage",), (f"arn:aws:sqs:{OF_QUEUES}:mails",)),
        (("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"), (f"arn:aws:sqs:{OF_QUEUES}:jobs",)),
        (("ses:SendEmail",), ("${var.b}",)),
    ]


def test_an_arn_is_of_the_catalogues_partition() -> None:
    ((_, resources),) = granted({"topics": {"orders": ["publish"]}}, partition="aws-cn")
    assert resources == (f"arn:aws-cn:sns:{HERE}:orders",)


def test_what_tasks_may_do_counts_for_the_length_of_a_policy() -> None:
    long = {f"n{number}": {"actions": ["ses:SendEmail"], "resources": [f"arn:{'x' * 900}"]} for number in range(12)}
    (problem,) = errors({"role": "own", "permissions": long})
    assert "IAM allows 10,240 for a role" in problem


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        ("AmazonS3ReadOnlyAccess", "task_amazon_s3_read_only_access"),
        ("AWSXRayDaemonWriteAccess", "task_aws_x_ray_daemon_write_access"),
        ("service-role/AWSBatchServiceRole", "task_aws_batch_service_role"),
        ("arn:aws:iam::123456789012:policy/team/shop-reader", "task_shop_reader"),
        ("${aws_iam_policy.mail.arn}", "task_mail"),
        ("${aws_iam_policy.mail[0].arn}", "task_mail_0"),
        ("${var.policy_arn}", "task_var_policy_arn"),
        ("${module.policies.mail_arn}", "task_module_policies_mail_arn"),
        ('${var.policies["s3"]}', "task_var_policies_s3"),
    ],
)
def test_an_attachment_is_called_by_its_policy(policy: str, name: str) -> None:
    assert attachment_name("task", policy) == name


def attachments(services: dict[str, Any]) -> dict[str, str]:
    """Return the attachments of policies to task roles, and the `count` of each."""
    whole = {
        "version": 1,
        "project": "shop",
        "module": {"path": "out", "address": "module.shop"},
        "network": {"subnets": ["subnet-1"], "security_groups": ["sg-1"]},
        "services": {key: {"kind": "worker", "image": "busybox:1", **one} for key, one in services.items()},
    }
    variables = "\n".join(f'variable "{name}" {{}}' for name in "abc")
    nodes = edition_of(dumped(whole), variables=variables).nodes
    return {
        address.rpartition(".")[2]: str(node.arguments.get("count", ""))
        for address, node in nodes.items()
        if address.startswith("aws_iam_role_policy_attachment.task_")
    }


def test_a_policy_of_several_services_is_attached_to_their_role_once() -> None:
    one, other = ["AmazonS3ReadOnlyAccess"], ["AmazonS3ReadOnlyAccess", "AmazonSQSReadOnlyAccess"]
    assert [*attachments({"a": {"policies": one}, "b": {"policies": other}})] == [
        "task_amazon_s3_read_only_access",
        "task_amazon_sqs_read_only_access",
    ]


def test_a_policy_is_attached_where_one_of_its_services_is_there() -> None:
    policies = ["AmazonS3ReadOnlyAccess"]
    conditional = {name: {"policies": policies, "when": f"${{var.{name}}}"} for name in "ab"}
    (count,) = attachments(conditional).values()
    assert "var . a || var . b ? 1 : 0" in count
    assert [*attachments(conditional | {"c": {"policies": policies}}).values()] == [""]


def test_no_two_policies_of_a_role_have_one_name() -> None:
    (problem,) = errors(
        {"policies": ["AmazonS3ReadOnlyAccess", "arn:aws:iam::123456789012:policy/AmazonS3ReadOnlyAccess"]}
    )
    assert "its attachment would have the name of that of `AmazonS3ReadOnlyAccess`" in problem


def test_aws_attaches_so_many_policies_to_a_role() -> None:
    twenty = [f"Policy{chr(ord('A') + number)}" for number in range(20)]
    assert errors({"policies": twenty}) == []
    (problem,) = errors({"policies": [*twenty, "OneMore"]})
    assert "AWS attaches no more than 20 policies to aws_iam_role.task" in problem
