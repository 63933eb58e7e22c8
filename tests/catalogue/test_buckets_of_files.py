"""The bucket of a file of variables, whose region ECS asks for."""

from __future__ import annotations

import pytest

from generator.catalogue.uses.container_definition import bucket_of


@pytest.mark.parametrize(
    ("arn", "bucket"),
    [
        ("arn:aws:s3:::settings/mail/prod.env", "arn:aws:s3:::settings"),
        ("${aws_s3_bucket.settings.arn}/mail.env", "${aws_s3_bucket.settings.arn}"),
        ("${aws_s3_object.settings.arn}", '${split("/", aws_s3_object.settings.arn)[0]}'),
        ('${replace(var.arn, "/", "")}/mail.env', '${replace(var.arn, "/", "")}'),
        ('arn:aws:s3:::$${x}-${join("/", var.parts)}/a/b', 'arn:aws:s3:::$${x}-${join("/", var.parts)}'),
        ("arn:aws:s3:::settings", None),
        ('arn:aws:s3:::${join("/", var.parts)}', None),
    ],
)
def test_it_is_what_stands_before_the_first_slash(arn: str, bucket: str | None) -> None:
    assert bucket_of(arn) == bucket
