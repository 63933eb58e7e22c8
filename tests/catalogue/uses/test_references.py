"""Secrets, queues and buckets that an expression names: by what of them it reads."""

from __future__ import annotations

import pytest

from generator.catalogue.arns import fields, is_of_parameter, whole_secret
from generator.errors import CatalogueError
from tests.support.rendering import SMALL, catalogue_of, module_of


def rendered(*lines: str) -> str:
    return module_of(SMALL + "".join(f"    {line}\n" for line in lines)).files[0].text


def refused(line: str) -> str:
    with pytest.raises(CatalogueError) as refusal:
        catalogue_of(f"{SMALL}    {line}\n")
    (problem,) = refusal.value.problems
    return f"{problem.what}; {problem.remedy}"


DB = "arn:aws:secretsmanager:${var.region}:${var.account}:secret:db-AbCdEf"


@pytest.mark.parametrize(
    ("arn", "whole"),
    [
        (DB, DB),
        (f"{DB}:user::", DB),
        (f"{DB}:user:AWSCURRENT:1-2", DB),
        ("${aws_secretsmanager_secret.db.arn}:user::", "${aws_secretsmanager_secret.db.arn}"),
        ('${var.a ? "x:y" : "z"}:user::', '${var.a ? "x:y" : "z"}'),
        ("${var.secret}", "${var.secret}"),
        ('${{ a = { b = "}:" } }.a.b}:user::', '${{ a = { b = "}:" } }.a.b}'),
        ("arn:aws:secretsmanager:$${x}:a:secret:db-AbCdEf:user::", "arn:aws:secretsmanager:$${x}:a:secret:db-AbCdEf"),
    ],
)
def test_a_policy_names_the_whole_secret(arn: str, whole: str) -> None:
    assert whole_secret(arn) == whole


def test_a_colon_within_an_expression_ends_no_field() -> None:
    assert fields('a:${b ? "c:d" : e}-f:$g::') == ("a", '${b ? "c:d" : e}-f', "$g", "", "")


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        ("${aws_ssm_parameter.key.arn}", True),
        ("${data.aws_ssm_parameter.key[0].arn}", True),
        ("arn:aws:ssm:${var.region}:${var.account}:parameter/shop/key", True),
        ("${aws_secretsmanager_secret.db.arn}", False),
        (f"{DB}:user::", False),
        ("${var.secret}", False),
    ],
)
def test_a_parameter_is_told_by_its_arn(arn: str, expected: bool) -> None:
    assert is_of_parameter(arn) is expected


def test_a_parameter_alone_needs_no_permission_of_secrets_manager() -> None:
    main = rendered("secrets: {KEY: '${aws_ssm_parameter.key.arn}'}")
    assert main.count("ssm:GetParameters") == 2
    assert "secretsmanager:" not in main
    assert "valueFrom = aws_ssm_parameter.key.arn" in main


def test_both_stores_have_statements_of_their_own() -> None:
    main = rendered("secrets: {KEY: '${aws_ssm_parameter.key.arn}', URL: db}")
    assert main.count("ssm:GetParameters") == 2
    assert main.count("secretsmanager:GetSecretValue") == 2
    assert main.count("aws_ssm_parameter.key.arn") == 3


def test_a_queue_by_its_arn_is_that_arn() -> None:
    main = rendered("queue: ${aws_sqs_queue.jobs.arn}")
    assert "      aws_sqs_queue.jobs.arn\n" in main or "[aws_sqs_queue.jobs.arn]" in main
    assert "arn:aws:sqs" not in main


def test_a_bucket_by_its_arn_is_that_arn() -> None:
    main = rendered("buckets: [{name: '${aws_s3_bucket.up.arn}', access: [read, list]}]")
    assert '"${aws_s3_bucket.up.arn}/*"' in main
    assert "aws_s3_bucket.up.arn\n" in main or "[aws_s3_bucket.up.arn]" in main
    assert "arn:aws:s3" not in main


@pytest.mark.parametrize("name", ["jobs", "${aws_sqs_queue.jobs.name}", "${var.queue}", "x-${var.queue}"])
def test_a_queue_by_its_name_gets_an_arn_around_it(name: str) -> None:
    assert "account_id}:" + name in rendered(f"queue: {name}")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "queue: ${aws_sqs_queue.jobs.url}",
            "`${aws_sqs_queue.jobs.url}` is neither the queue's name nor its ARN; write its attribute `arn`",
        ),
        (
            "queue: ${aws_sqs_queue.jobs.id}",
            "`${aws_sqs_queue.jobs.id}` is neither the queue's name nor its ARN; write its attribute `arn`",
        ),
        (
            "queue: x-${aws_sqs_queue.jobs.arn}",
            "`x-${aws_sqs_queue.jobs.arn}` has an ARN within a name; write the attribute `arn` alone",
        ),
        (
            "buckets: [{name: '${aws_s3_bucket.up.bucket_domain_name}', access: [read]}]",
            "`${aws_s3_bucket.up.bucket_domain_name}` is not the bucket's name; write its attribute `bucket`",
        ),
        (
            "buckets: [{name: '${aws_s3_bucket.up.arn}-x', access: [read]}]",
            "`${aws_s3_bucket.up.arn}-x` has an ARN within a name; write the attribute `bucket` there",
        ),
    ],
)
def test_what_is_neither_a_name_nor_an_arn_is_refused(line: str, message: str) -> None:
    assert refused(line) == message
