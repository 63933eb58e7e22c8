"""The buckets that a service's tasks use."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.arns import attribute_read
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Use
from generator.catalogue.words import NameOrArn
from generator.errors import Rejection
from generator.settings.parts import ListOf, Part, PartOf, setting
from generator.settings.values import Choice, Embedded, Schema

_OBJECT_ACTIONS = {"read": "s3:GetObject", "write": "s3:PutObject", "delete": "s3:DeleteObject"}
_BUCKET_ACTIONS = {"list": "s3:ListBucket"}


class _Access(ListOf[str]):
    """What is granted, each once."""

    def __init__(self) -> None:
        super().__init__(Choice(*_OBJECT_ACTIONS, *_BUCKET_ACTIONS), at_least=1)

    def read(self, value: object) -> tuple[str, ...]:
        words = super().read(value)
        twice = next((word for word in words if words.count(word) > 1), None)
        if twice:
            raise Rejection(f"`{twice}` is listed twice", "keep one of them")
        return words

    def schema(self) -> Schema:
        return super().schema() | {"uniqueItems": True}


class _BucketName(NameOrArn):
    """A bucket's name, or an expression for its name or ARN."""

    resource_type = "aws_s3_bucket"
    names = ("bucket", "id")
    other_attribute = ("is not the bucket's name", "write its attribute `bucket`")
    arn_alone = "write the attribute `bucket` there"


class Bucket(Part):
    """An S3 bucket, and what the tasks may do with its objects."""

    elsewhere = elsewhere.OF_A_BUCKET

    name: str = setting(
        _BucketName(Embedded(), limits.S3_BUCKET_PATTERN, "use 3 to 63 lower-case letters, digits, `-` and `.`"),
        "Name of the bucket, or an expression for it.",
        examples=("shop-videos",),
    )
    access: tuple[str, ...] = setting(
        _Access(),
        "What is granted: read, write and delete of objects, list of the bucket.",
    )


def bucket_statements(bucket: str, access: tuple[str, ...], partition: str) -> list[Statement]:
    """Return the statements for a bucket: on its objects, and on the bucket itself, in the author's order."""
    on_objects = tuple(_OBJECT_ACTIONS[word] for word in access if word in _OBJECT_ACTIONS)
    on_bucket = tuple(_BUCKET_ACTIONS[word] for word in access if word in _BUCKET_ACTIONS)
    arn = bucket if attribute_read(bucket) == ("aws_s3_bucket", "arn") else f"arn:{partition}:s3:::{bucket}"
    statements = [Statement(on_objects, (f"{arn}/*",)), Statement(on_bucket, (arn,))]
    return [statement for statement in statements if statement.actions]


class BucketsUse(Use):
    """S3 buckets, each with what is granted on it."""

    position = 80
    draws = "bucket"

    buckets: tuple[Bucket, ...] = setting(ListOf(PartOf(Bucket)), "S3 buckets that the tasks use.", default=())

    def grants(self) -> Iterator[Statement]:
        for bucket in self.buckets:
            yield from bucket_statements(bucket.name, bucket.access, self.names.partition)

    def checks(self, shared: Shared) -> Iterator[Check]:
        for bucket in self.buckets:
            yield Check("The bucket {} exists", (bucket.name,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for bucket in self.buckets:
            yield Drawn(BucketsUse.draws, bucket.name, bucket.name, "bucket", bucket.access)
