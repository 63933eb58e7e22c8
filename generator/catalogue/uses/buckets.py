"""The buckets that a service's tasks use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.access import (
    KEY_OF_THING,
    Access,
    AccessWords,
    Profile,
    ThingsByName,
    ThingSort,
    ThingsSaid,
    accesses_by_name,
)
from generator.catalogue.arns import attribute_read
from generator.catalogue.existing import BUCKETS, Existing
from generator.catalogue.use import Use
from generator.catalogue.words import NameOrArn
from generator.errors import Rejection
from generator.settings.parts import ListOf, Part, PartOf, setting
from generator.settings.values import Embedded, Schema, ValueType, shown

_NAME_REMEDY = "use 3 to 63 lower-case letters, digits, `-` and `.`"
_OBJECTS, _THE_BUCKET, _OBJECTS_IN_ARN = "objects of the bucket", "the bucket", ("{arn}/{below}*",)


class _Prefix(Embedded):
    """What the names of objects begin with."""

    def read(self, value: object) -> str:
        text = super().read(value)
        if text.startswith("/"):
            what = f"{shown(text)} begins with `/`, as names of objects rarely do"
            raise Rejection(what, "write it without that, or as `permissions` if they do")
        if "*" in text or "?" in text:
            raise Rejection(
                f"{shown(text)} is not a prefix", "write it without `*` and `?`: all that begins so is meant"
            )
        return text


BUCKET = ThingSort(
    noun="bucket",
    sort=BUCKETS,
    arn="arn:{partition}:s3:::{name}",
    name=limits.S3_BUCKET_PATTERN,
    remedy=_NAME_REMEDY,
    exists="The bucket {} exists",
    profiles=(
        Profile("read", "read", _OBJECTS, ("s3:GetObject",), _OBJECTS_IN_ARN, ("kms:Decrypt",)),
        Profile("write", "write", _OBJECTS, ("s3:PutObject",), _OBJECTS_IN_ARN, ("kms:GenerateDataKey", "kms:Decrypt")),
        Profile("delete", "delete", _OBJECTS, ("s3:DeleteObject",), _OBJECTS_IN_ARN),
        Profile(
            "multipart",
            "upload parts of",
            _OBJECTS,
            ("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
            _OBJECTS_IN_ARN,
            ("kms:Decrypt",),
        ),
        Profile("acl", "set who may read", _OBJECTS, ("s3:GetObjectAcl", "s3:PutObjectAcl"), _OBJECTS_IN_ARN),
        Profile("list", "list", _THE_BUCKET, ("s3:ListBucket",), condition_if_below=("StringLike", "s3:prefix")),
        Profile("list_uploads", "list uploads to", _THE_BUCKET, ("s3:ListBucketMultipartUploads",)),
        Profile("locate", "look up the region of", _THE_BUCKET, ("s3:GetBucketLocation",)),
    ),
    elsewhere=elsewhere.OF_A_BUCKET,
    further={
        "prefix": setting(
            _Prefix(), "What the names of the objects begin with; without it, all of them.", default=None
        ),
        **KEY_OF_THING,
    },
)
"""What programs call that use buckets, and what S3 calls of KMS for them.

Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html.
"""


class _BucketName(NameOrArn):
    """A bucket's name, or an expression for its name or ARN."""

    resource_type = "aws_s3_bucket"
    names = ("bucket", "id")
    other_attribute = ("is not the bucket's name", "write its attribute `bucket`")
    arn_alone = "write the attribute `bucket` there"


class Bucket(Part):
    """An S3 bucket, and what the tasks may do with its objects."""

    elsewhere = elsewhere.OF_A_LISTED_BUCKET

    name: str = setting(
        _BucketName(Embedded(), limits.S3_BUCKET_PATTERN, _NAME_REMEDY),
        "Name of the bucket, or an expression for it.",
        examples=("shop-videos",),
    )
    access: tuple[str, ...] = setting(
        AccessWords(BUCKET.profiles),
        "What is granted: read, write and delete of objects, list of the bucket.",
    )


class _Buckets(ListOf[Any]):
    """A list of buckets, or buckets by their names."""

    def __init__(self) -> None:
        super().__init__(PartOf(Bucket))
        self._by_name = ThingsByName(BUCKET)

    def read(self, value: object) -> Any:
        return self._by_name.read(value) if isinstance(value, dict) else super().read(value)

    def member(self, name: str) -> ValueType[Any]:
        """Return the type of what stands by a name."""
        return self._by_name.member(name)

    def set_in(self, value: Any) -> Any:
        return self._by_name.set_in(value) if isinstance(value, dict) else super().set_in(value)

    def schema(self) -> Schema:
        return {"oneOf": [self._by_name.schema(), super().schema()]}


class BucketsUse(Use):
    """S3 buckets, each with what is granted on it."""

    position = 80
    draws = "bucket"
    profiles = BUCKET.profiles

    buckets: tuple[Bucket, ...] | ThingsSaid = setting(
        _Buckets(), "S3 buckets that the tasks use: by their names, or a list of them.", default=()
    )

    def accesses(self) -> Iterator[Access]:
        if isinstance(self.buckets, dict):
            yield from accesses_by_name(self.buckets, BUCKET, "buckets", self.names)
            return
        for index, bucket in enumerate(self.buckets):
            is_arn = attribute_read(bucket.name) == ("aws_s3_bucket", "arn")
            thing = Existing(bucket.name, bucket.name if is_arn else None, None if is_arn else bucket.name)
            yield Access(BUCKET, thing, bucket.access, ("buckets", index), names=self.names)
