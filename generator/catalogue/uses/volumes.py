"""The volumes of a service's tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalogue.access import Profile
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Rule, Scope, Use
from generator.catalogue.uses.launch import runs_on_fargate, with_launch
from generator.catalogue.uses.mounts import MountsUse, containers_of
from generator.catalogue.uses.terraform import TerraformUse
from generator.catalogue.volume_types import VOLUME_NAME, Efs, Volume, VolumeType
from generator.errors import nearest
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.objects import Entries
from generator.settings.parts import MappingOf, setting
from generator.settings.values import shown

_OF_AN_INSTANCE = ("host", "docker")
_TASK_DEFINITION = "aws_ecs_task_definition"
_OF_VOLUMES = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html"

MOUNT, WRITE = "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"
"""Source: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html."""


def _each_is_one_thing(service: VolumesUse, shared: Shared) -> Iterator[Breach]:
    for name, volume in service.volumes.items():
        yield from (breach.below(name).below("volumes") for breach in volume.breaches())


def _one_disk_of_a_service(service: VolumesUse, shared: Shared) -> Iterator[Breach]:
    """Check that no more volumes are made at the launch of a task than ECS makes, and where it makes any."""
    disks = [name for name, volume in service.volumes.items() if volume.ebs]
    for name in disks if not service.scope & Scope.ECS_SERVICE else ():
        what = "only an ECS service makes a volume of EBS for each task"
        yield Breach(("volumes", name, "ebs"), what, "write `efs:`, or `{}` for an empty volume")
    for name in disks[1:]:
        what = f"a task has one volume of EBS, and `{disks[0]}` is that"
        yield Breach(("volumes", name, "ebs"), what, "remove one of them")


def _fargate_has_no_instance(service: VolumesUse, shared: Shared) -> Iterator[Breach]:
    remedy = "write `{}` for an empty volume, or `launch: EC2` in the service for tasks on EC2"
    for name, volume in service.volumes.items() if runs_on_fargate(service) else ():
        for sort in (sort for sort in volume.sorts if sort in _OF_AN_INSTANCE):
            yield Breach(("volumes", name, sort), f"tasks on Fargate have no volume of the kind `{sort}`", remedy)
        if volume.ebs and volume.ebs.type == "standard":
            what = "tasks on Fargate have no volume of the type standard"
            yield Breach(("volumes", name, "ebs", "type"), what, "write `type: gp3`")


def _each_mount_is_of_a_volume(service: VolumesUse, shared: Shared) -> Iterator[Breach]:
    mounting = [container for container in containers_of(service) if container.mounts]
    declared = _declared(service) if mounting else []
    if not all(map(is_literal, declared)):
        return
    for container in mounting:
        for name in (name for name in container.mounts if name not in declared):
            near = nearest(name, declared)
            remedy = f"did you mean `{near}`?" if near else f"declare it: `volumes: {{{name}: {{}}}}` is an empty one"
            what = f"the task has no volume `{name}`"
            yield Breach((*container.way, "mounts", name), what, remedy, at_key=True)


def _declared(service: VolumesUse) -> list[str]:
    """Return the names of a task's volumes, those that are said in Terraform's own names included."""
    said: Entries = service.said_of(_TASK_DEFINITION) if isinstance(service, TerraformUse) else {}
    return [*service.volumes, *(block["name"] for block in said.get("volume") or ())]


def _each_is_mounted(service: VolumesUse, shared: Shared) -> Iterator[Breach]:
    for name in service.volumes:
        if not service.writers(name):
            what, remedy = "no container of the task mounts it", f"add `mounts: {{{name}: /path}}`, or remove it"
            yield Breach(("volumes", name), what, remedy, "warning", at_key=True)


def _each_other_container_is_there(service: VolumesUse, shared: Shared) -> Iterator[Breach]:
    containers = containers_of(service)
    for container in containers:
        others = [one.names.container_key for one in containers if one is not container]
        for index, one in enumerate(container.mounts_of_others):
            if is_literal(one.container) and one.container not in others:
                what = f"the task has no other container {shown(one.container)}"
                near = nearest(one.container, others)
                remedy = f"did you mean `{near}`?" if near else "remove it"
                yield Breach((*container.way, "volumes_from", index), what, remedy)
            elif _may_be_absent(container, one.container, containers):
                what = f"`{one.container}` is not in every task that has this container, and ECS refuses those without"
                remedy = "give both the same `when`, or mount the volumes under `mounts`"
                yield Breach((*container.way, "volumes_from", index), what, remedy)


def _may_be_absent(container: MountsUse, name: str, containers: Sequence[MountsUse]) -> bool:
    """Tell whether a container may be without another one of the task."""
    other = next((one for one in containers if one.names.container_key == name), None)
    return other is not None and other.condition is not None and other.condition != container.condition


class VolumesUse(Use):
    """The volumes that a task has: containers mount them."""

    position = 47
    draws = "file system"
    profiles = (
        Profile("mount", "mount", "the file system", (MOUNT,)),
        Profile("write", "write to", "the file system", (WRITE,)),
    )

    volumes: dict[str, Volume] = setting(
        MappingOf(VOLUME_NAME, VolumeType()),
        "Volumes of a task: empty ones, file systems of EFS, and disks of EBS; on EC2, those of the instance too.",
        default={},
        writes=("aws_ecs_task_definition.volume", "aws_ecs_service.volume_configuration.name"),
    )

    rules = (
        Rule("volume-is-one-thing", frozenset({"volumes"}), _OF_VOLUMES, _each_is_one_thing),
        Rule(
            "one-volume-of-ebs",
            frozenset({"volumes"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html",
            _one_disk_of_a_service,
        ),
        Rule(
            "volume-of-an-instance",
            with_launch("volumes"),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
            _fargate_has_no_instance,
        ),
        Rule(
            "mount-of-a-volume",
            frozenset({"volumes", "mounts", "terraform"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html",
            _each_mount_is_of_a_volume,
        ),
        Rule(
            "volume-is-mounted",
            frozenset({"volumes", "mounts", "container_definition"}),
            "docs/catalogue.md",
            _each_is_mounted,
        ),
        Rule(
            "volumes-from-a-container",
            frozenset({"volumes_from"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VolumeFrom.html",
            _each_other_container_is_there,
        ),
    )

    @property
    def _file_systems(self) -> dict[str, Efs]:
        return {name: volume.efs for name, volume in self.volumes.items() if volume.efs}

    def writers(self, volume: str) -> list[bool]:
        """Return for each mount of a volume whether the container may write to it. Any may be of it, if not known."""
        mounts = (mount for container in containers_of(self) for mount in container.all_mounts())
        return [may_write for mounted, may_write in mounts if mounted == volume or not is_literal(mounted)]

    def grants(self) -> Iterator[Statement]:
        written: dict[str, bool] = {}
        for name, efs in self._file_systems.items():
            if efs.iam:
                arn = efs.arn(self.names)
                written[arn] = written.get(arn, False) or any(self.writers(name))
        for arn, is_written in written.items():
            yield Statement((MOUNT, WRITE) if is_written else (MOUNT,), (arn,))

    def checks(self, shared: Shared) -> Iterator[Check]:
        for efs in self._file_systems.values():
            yield Check(
                "The file system {} has mount targets that the tasks of {} reach on port 2049",
                (efs.file_system, self.names.key),
            )
        for volume in self.volumes.values():
            if volume.ebs:
                yield Check("The role {} lets ECS make volumes of EBS", (volume.ebs.role,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for name, efs in self._file_systems.items():
            meaning = "mounts" if any(self.writers(name)) else "mounts read-only"
            yield Drawn(VolumesUse.draws, efs.file_system_id, efs.file_system, "file system", (meaning,))
