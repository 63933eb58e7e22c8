"""What a container mounts: volumes of its task, and what another container of the task mounts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.catalogue import elsewhere
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.uses.container_definition import ContainerDefinitionUse
from generator.catalogue.volume_types import VOLUME_NAME
from generator.catalogue.words import AbsolutePath
from generator.errors import Rejection
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, MappingOf, OrPart, Part, setting
from generator.settings.values import OrExpression, Text, Truth, shown

_READ_ONLY = OrExpression(Truth())


class _MountPath(AbsolutePath):
    """Where a container finds a volume. Docker mounts none at the root: the container's own files are there.

    Source: https://github.com/moby/moby/blob/master/volume/mounts/linux_parser.go, `errVolumeTargetIsRoot`.
    """

    def read(self, value: object) -> str:
        path = super().read(value)
        if _one_way_of_writing(path) == "/":
            raise Rejection("the container's own files are at `/`", "mount the volume at a path below it")
        return path


class Mount(Part):
    """Where a container finds a volume, and whether it may write to it."""

    elsewhere = elsewhere.OF_A_MOUNT

    path: str = setting(_MountPath(), "Where the container finds the volume.")
    read_only: bool | str | None = setting(_READ_ONLY, "Whether the container may only read it.", default=None)


class MountsOfAnother(Part):
    """Another container of the task, whose mounts a container has too."""

    elsewhere = elsewhere.OF_MOUNTS_OF_ANOTHER

    container: str = setting(Text(), "Name of the other container.")
    read_only: bool | str | None = setting(_READ_ONLY, "Whether the container may only read them.", default=None)


def _one_volume_at_a_path(container: MountsUse, shared: Shared) -> Iterator[Breach]:
    """Check a container by itself."""
    taken: dict[str, str] = {}
    for volume, mount in container.mount_points.items():
        path = _one_way_of_writing(mount.path)
        if path in taken:
            what = f"`{taken[path]}` is mounted at {shown(mount.path)} already"
            yield Breach(("mounts", volume), what, "mount one of them at another path")
        taken.setdefault(path, volume)


def _one_way_of_writing(path: str) -> str:
    return f"/{posixpath.normpath(path).lstrip('/')}" if is_literal(path) else path


class MountsUse(Use):
    """The volumes of the task that a container mounts, each at a path."""

    position = 48

    mounts: dict[str, str | Mount] = setting(
        MappingOf(VOLUME_NAME, OrPart(_MountPath(), Mount)),
        "Volumes of the task to the paths where the container finds them.",
        default={},
        writes=("container_definition.mountPoints",),
    )
    volumes_from: tuple[str | MountsOfAnother, ...] = setting(
        ListOf(OrPart(Text(), MountsOfAnother)),
        "Other containers of the task, whose mounts the container has too.",
        default=(),
        writes=("container_definition.volumesFrom",),
    )

    rules = (
        Rule(
            "one-volume-at-a-path",
            frozenset({"mounts"}),
            "https://docs.docker.com/engine/storage/volumes/",
            _one_volume_at_a_path,
        ),
    )

    @property
    def mount_points(self) -> dict[str, Mount]:
        """Each volume to its mount, in the author's order: another order replaces a task definition."""
        return {volume: Mount(path=one) if isinstance(one, str) else one for volume, one in self.mounts.items()}

    @property
    def mounts_of_others(self) -> list[MountsOfAnother]:
        """The containers whose mounts it has too, in the author's order."""
        return [MountsOfAnother(container=one) if isinstance(one, str) else one for one in self.volumes_from]

    def all_mounts(self) -> Iterator[tuple[str, bool]]:
        """Yield each volume that it mounts, as catalogue text, and whether it may write to it.

        What `container_definition` says in the names of ECS counts too.
        """
        for volume, mount in self.mount_points.items():
            yield volume, may_write(mount.read_only)
        if isinstance(self, ContainerDefinitionUse):
            for source, read_only in self.mount_members:
                yield source, may_write(read_only)


def may_write(read_only: bool | str | None) -> bool:
    """Tell whether a container may write to what it mounts. What an expression comes to, Terraform alone knows."""
    return not read_only or isinstance(read_only, str)


def containers_of(service: Use) -> list[MountsUse]:
    """Return the containers of a service's tasks."""
    return [one for one in service.all_containers if isinstance(one, MountsUse)]
