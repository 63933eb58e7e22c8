"""What a volume of a task may be, and what must hold of it wherever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.arns import attribute_read, with_attribute
from generator.catalogue.names import ServiceNames
from generator.catalogue.words import AbsolutePath, OfBlock, reference
from generator.errors import listed
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.parts import MappingOf, Part, PartOf, setting
from generator.settings.values import (
    AnyText,
    AtLeast,
    Choice,
    Embedded,
    Matching,
    OrExpression,
    Schema,
    Text,
    Truth,
    Word,
    misplaced,
)

VOLUME_NAME = Word(limits.VOLUME_NAME_PATTERN, "use up to 255 letters, digits, `-` and `_`")

_OPTIONS = OrExpression(
    MappingOf(Word(r"[A-Za-z0-9][A-Za-z0-9._/-]*", "use letters, digits, `.`, `_`, `-` and `/`"), AnyText())
)

_AN_ID = re.compile(rf"(?:{limits.EFS_FILE_SYSTEM_ID}|{limits.EFS_ACCESS_POINT_ID})(?![\w-])")
"""An id could be a name in Terraform too, and is taken for the id.

`blame` follows values by marks, which may stand behind it.
"""


def _is_name(text: str) -> bool:
    """Tell whether a text is the name of a block of the module."""
    return is_literal(text) and not _AN_ID.match(text)


class Efs(Part):
    """A file system of EFS, or a folder of one."""

    elsewhere = elsewhere.OF_AN_EFS_VOLUME

    file_system: str = setting(
        OfBlock(
            Embedded(), limits.EFS_FILE_SYSTEM_ID, "aws_efs_file_system", ("id", "file_system_id"), "its id `fs-…`"
        ),
        "The file system: its name in the module, or its id.",
    )
    access_point: str | None = setting(
        OfBlock(Text(), limits.EFS_ACCESS_POINT_ID, "aws_efs_access_point", ("id",), "its id `fsap-…`"),
        "An access point of the file system: its name in the module, or its id.",
        default=None,
    )
    root_directory: str | None = setting(
        AbsolutePath(), "The folder of the file system that is mounted, where no access point says it.", default=None
    )
    transit_encryption: bool | str | None = setting(
        OrExpression(Truth()),
        "Whether files are encrypted on their way to the task and back.",
        default=True,
        bare=None,
    )
    iam: bool | str = setting(
        OrExpression(Truth()), "Whether the task role says what the tasks may do with the files.", default=False
    )

    @property
    def file_system_id(self) -> str:
        """The id of the file system, as catalogue text."""
        name = self.file_system
        return reference(name, "aws_efs_file_system.{}.id") if _is_name(name) else name

    @property
    def access_point_id(self) -> str | None:
        """The id of the access point, as catalogue text."""
        name = self.access_point
        return reference(name, "aws_efs_access_point.{}.id") if name and _is_name(name) else name

    def arn(self, names: ServiceNames) -> str:
        """Return the ARN of the file system, as catalogue text: built, where it is of no block that could say it."""
        name = self.file_system
        if _is_name(name):
            return reference(name, "aws_efs_file_system.{}.arn")
        type_, _ = attribute_read(name) or ("", "")
        if type_ == "aws_efs_file_system":
            return with_attribute(name, "arn")
        return f"arn:{names.partition}:elasticfilesystem:{names.in_account}:file-system/{name}"

    def breaches(self) -> Iterator[Breach]:
        """Yield what ECS does not take.

        Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html,
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSAuthorizationConfig.html.
        """
        root = self.root_directory
        if self.access_point and root and is_literal(root) and root != "/":
            yield Breach(
                ("root_directory",), "the access point says which folder is mounted", "remove it, or write `/`"
            )
        needing = [name for name, it in (("access_point", self.access_point), ("iam", self.iam)) if it]
        if needing and not self.transit_encryption:
            what = f"ECS takes {listed([f'`{name}`' for name in needing], 'and')} with encryption in transit alone"
            remedy = "write `transit_encryption: true`" if self.is_bare else "remove the line, or write true"
            yield Breach(("transit_encryption",), what, remedy)


_RANGES_BY_TYPE = {"size": limits.EBS_SIZES_GIB, "iops": limits.EBS_IOPS, "throughput": limits.EBS_THROUGHPUT}
_MANAGED = "aws_ecs_service.volume_configuration.managed_ebs_volume"


class Ebs(Part):
    """A volume of EBS that ECS makes for each task, and deletes with it."""

    elsewhere = elsewhere.OF_AN_EBS_VOLUME

    role: str = setting(
        OfBlock(Text(), r"arn:[^\s:]+(:[^\s]*)+", "aws_iam_role", ("arn",), "an ARN"),
        "The role with which ECS makes the volume: its name in the module, or its ARN.",
        writes=(f"{_MANAGED}.role_arn",),
    )
    size: int | str | None = setting(
        OrExpression(AtLeast(1)),
        "Size in GiB; without it, that of the snapshot.",
        default=None,
        writes=(f"{_MANAGED}.size_in_gb",),
    )
    snapshot: str | None = setting(
        Matching(Text(), r"snap-[0-9a-f]{8,40}", "write its id, `snap-…`"),
        "Id of the snapshot that the volume starts with.",
        default=None,
        writes=(f"{_MANAGED}.snapshot_id",),
    )
    type: str | None = setting(
        OrExpression(Choice(*limits.EBS_SIZES_GIB)),
        "Type of the volume.",
        default=None,
        writes=(f"{_MANAGED}.volume_type",),
    )
    iops: int | str | None = setting(
        OrExpression(AtLeast(1)), "Operations per second.", default=None, writes=(f"{_MANAGED}.iops",)
    )
    throughput: int | str | None = setting(
        OrExpression(AtLeast(1)), "MiB per second.", default=None, writes=(f"{_MANAGED}.throughput",)
    )
    encrypted: bool | str | None = setting(
        OrExpression(Truth()), "Whether the volume is encrypted.", default=None, writes=(f"{_MANAGED}.encrypted",)
    )
    kms_key: str | None = setting(
        OfBlock(Text(), r"arn:[^\s:]+(:[^\s]*)+", "aws_kms_key", ("arn",), "an ARN"),
        "Key of KMS that encrypts it: its name in the module, or its ARN.",
        default=None,
        writes=(f"{_MANAGED}.kms_key_id",),
    )
    file_system: str | None = setting(
        OrExpression(Choice("ext3", "ext4", "xfs", "ntfs")),
        "File system on the volume.",
        default=None,
        writes=(f"{_MANAGED}.file_system_type",),
    )

    @property
    def arguments(self) -> dict[str, bool | int | str]:
        """Those that are set, by their names in Terraform."""
        named = {
            "role_arn": reference(self.role, "aws_iam_role.{}.arn"),
            "size_in_gb": self.size,
            "snapshot_id": self.snapshot,
            "volume_type": self.type,
            "iops": self.iops,
            "throughput": self.throughput,
            "encrypted": self.encrypted,
            "kms_key_id": self.kms_key and reference(self.kms_key, "aws_kms_key.{}.arn"),
            "file_system_type": self.file_system,
        }
        return {name: value for name, value in named.items() if value is not None}

    def breaches(self) -> Iterator[Breach]:
        """Yield what ECS does not take.

        Sources:
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html,
        https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html.
        """
        if self.size is None and self.snapshot is None:
            yield Breach((), "ECS wants a size or a snapshot", "add `size:` in GiB")
        if self.kms_key and self.encrypted is False:
            yield Breach(("encrypted",), "a key encrypts the volume", "remove the line, or `kms_key`")
        yield from self._out_of_range()

    def _out_of_range(self) -> Iterator[Breach]:
        type_ = self.type or limits.EBS_TYPE
        if not is_literal(type_):
            return
        for name, ranges in _RANGES_BY_TYPE.items():
            value: int | str | None = getattr(self, name)
            if value is None:
                continue
            if type_ not in ranges:
                what = f"a volume of the type {type_} has no `{name}`"
                yield Breach((name,), what, f"remove the line, or set `type` to {listed(list(ranges))}")
            elif isinstance(value, int) and not ranges[type_][0] <= value <= ranges[type_][1]:
                low, high = ranges[type_]
                yield Breach((name,), f"{value} is out of the range of type {type_}", f"use {low} to {high}")
        if type_ in limits.EBS_TYPES_THAT_NEED_IOPS and self.iops is None:
            low, high = limits.EBS_IOPS[type_]
            yield Breach((), f"a volume of the type {type_} needs `iops`", f"add `iops:` with {low} to {high}")


class DockerVolume(Part):
    """A volume that Docker makes on an EC2 instance."""

    elsewhere = elsewhere.OF_A_DOCKER_VOLUME

    scope: str = setting(
        OrExpression(Choice("task", "shared")),
        "Whether it ends with its task, or stays on the instance.",
        default="task",
    )
    autoprovision: bool | str | None = setting(
        OrExpression(Truth()), "Whether a shared volume is made where it is not there.", default=None
    )
    driver: str | None = setting(Text(), "Docker's driver of the volume.", default=None)
    driver_opts: dict[str, str] | str = setting(_OPTIONS, "Options of the driver.", default={})
    labels: dict[str, str] | str = setting(_OPTIONS, "Docker's labels of the volume.", default={})

    def breaches(self) -> Iterator[Breach]:
        """Yield what ECS does not take.

        Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DockerVolumeConfiguration.html.
        """
        if self.autoprovision is not None and self.scope == "task":
            what = "only a volume of the scope shared is provisioned so"
            yield Breach(("autoprovision",), what, "write `scope: shared`, or remove it")


class Volume(Part):
    """A volume of a task; with none of its keys, an empty one that lasts as long as the task."""

    elsewhere = elsewhere.OF_A_VOLUME

    efs: Efs | None = setting(PartOf(Efs), "Files that all tasks share, in EFS.", default=None)
    ebs: Ebs | None = setting(PartOf(Ebs), "A disk of each task's own, in EBS.", default=None)
    host: str | None = setting(AbsolutePath(), "A path of the EC2 instance that the task runs on.", default=None)
    docker: DockerVolume | None = setting(
        PartOf(DockerVolume), "A volume of Docker on the EC2 instance that the task runs on.", default=None
    )

    @property
    def sorts(self) -> list[str]:
        """The keys that say what it is."""
        said: Mapping[str, object] = {"efs": self.efs, "ebs": self.ebs, "host": self.host, "docker": self.docker}
        return [name for name, value in said.items() if value is not None]

    def breaches(self) -> Iterator[Breach]:
        """Yield what ECS does not take, whatever task has the volume."""
        if len(self.sorts) > 1:
            yield Breach((), f"it is {listed([f'`{name}`' for name in self.sorts], 'and')} at once", "keep one of them")
        for name, it in (("efs", self.efs), ("ebs", self.ebs), ("docker", self.docker)):
            if it is not None:
                yield from (breach.below(name) for breach in it.breaches())


class VolumeType(PartOf[Volume]):
    """A volume. An empty one is written `{}`."""

    def __init__(self) -> None:
        super().__init__(Volume)

    def read(self, value: object) -> Volume:
        if not isinstance(value, dict):
            raise misplaced(value, "a mapping", "write `{}` for an empty volume, or `efs:` or another kind below it")
        return super().read(value)

    def schema(self) -> Schema:
        return {"title": "volume", **super().schema()}
