"""What volumes grant, ask and draw, and of which mounts that depends."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalogue.model import Catalogue
from generator.catalogue.permissions import Texts
from generator.catalogue.read import read
from generator.errors import CatalogueError
from generator.source.source import Source
from tests.support.rendering import NAME, catalogue_of, dumped, module_of

MOUNT, WRITE = "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"
FILES = {"efs": {"file_system": "files", "iam": True}}
Service = dict[str, Any]


def catalogue_with(service: Service, **parts: Any) -> str:
    return dumped(
        {
            "version": 1,
            "project": "shop",
            "module": {"path": "out", "address": "module.shop"},
            "network": {"subnets": ["subnet-1"], "security_groups": ["sg-1"]},
            **parts,
            "services": {"web": {"kind": "worker", "image": "busybox:1", **service}},
        }
    )


def granted(service: Service, **parts: Any) -> list[tuple[Texts, Texts]]:
    web = catalogue_of(catalogue_with(service, **parts)).services["web"]
    return [(statement.actions, statement.resources) for statement in web.statements]


def told(service: Service, **parts: Any) -> list[str]:
    try:
        problems = read(Source(catalogue_with(service, **parts), NAME))[1]
    except CatalogueError as error:
        problems = [*error.problems]
    return [f"{problem.key}: {problem.what}" for problem in problems]


def rendered(service: Service) -> str:
    return module_of(catalogue_with(service)).files[0].text


def members_of(*mounts: dict[str, Any] | str) -> Service:
    """Return what is said of mounts in the names of ECS."""
    return {"container_definition": {"mountPoints": mounts[0] if isinstance(mounts[0], str) else list(mounts)}}


@pytest.mark.parametrize(
    ("mounts", "actions"),
    [
        ({"mounts": {"files": "/a"}}, (MOUNT, WRITE)),
        ({"mounts": {"files": {"path": "/a", "read_only": False}}}, (MOUNT, WRITE)),
        ({"mounts": {"files": {"path": "/a", "read_only": True}}}, (MOUNT,)),
        ({"mounts": {"files": {"path": "/a", "read_only": "${var.x}"}}}, (MOUNT, WRITE)),
        ({}, (MOUNT,)),
        (members_of({"sourceVolume": "files", "containerPath": "/a", "readOnly": True}), (MOUNT,)),
        (members_of({"sourceVolume": "files", "containerPath": "/a"}), (MOUNT, WRITE)),
        (members_of({"sourceVolume": "other", "containerPath": "/a"}), (MOUNT,)),
        (members_of({"sourceVolume": "${var.x}", "containerPath": "/a"}), (MOUNT, WRITE)),
        (members_of("${var.mounts}"), (MOUNT, WRITE)),
    ],
    ids=str,
)
def test_tasks_may_write_unless_each_mount_is_read_only(mounts: Service, actions: tuple[str, ...]) -> None:
    assert granted({"volumes": {"files": FILES, "other": {}}, **mounts}) == [
        (actions, ("${aws_efs_file_system.files.arn}",))
    ]


def test_a_file_system_of_two_volumes_is_granted_once() -> None:
    volumes = {"files": FILES, "same": {"efs": {"file_system": "${aws_efs_file_system.files.id}", "iam": True}}}
    mounts = {"files": {"path": "/a", "read_only": True}, "same": "/b"}
    assert granted({"volumes": volumes, "mounts": mounts}) == [((MOUNT, WRITE), ("${aws_efs_file_system.files.arn}",))]


BUILT = "${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:file-system"


@pytest.mark.parametrize(
    ("file_system", "identity", "arn"),
    [
        ("files", "${aws_efs_file_system.files.id}", "${aws_efs_file_system.files.arn}"),
        ("fs-x", "${aws_efs_file_system.fs-x.id}", "${aws_efs_file_system.fs-x.arn}"),
        (
            "${aws_efs_file_system.files.id}",
            "${aws_efs_file_system.files.id}",
            "${aws_efs_file_system.files.arn}",
        ),
        (
            "${ data.aws_efs_file_system.files[0].file_system_id }",
            "${ data.aws_efs_file_system.files[0].file_system_id }",
            "${ data.aws_efs_file_system.files[0].arn }",
        ),
        ("fs-0a1b2c3d", "fs-0a1b2c3d", f"arn:aws:elasticfilesystem:{BUILT}/fs-0a1b2c3d"),
        ("${var.files}", "${var.files}", f"arn:aws:elasticfilesystem:{BUILT}/${{var.files}}"),
        (
            "${aws_efs_access_point.a.file_system_id}",
            "${aws_efs_access_point.a.file_system_id}",
            f"arn:aws:elasticfilesystem:{BUILT}/${{aws_efs_access_point.a.file_system_id}}",
        ),
    ],
)
def test_a_file_system_is_known_by_its_id_and_granted_by_its_arn(file_system: str, identity: str, arn: str) -> None:
    service = {"volumes": {"files": {"efs": {"file_system": file_system, "iam": True}}}, "mounts": {"files": "/a"}}
    assert granted(service) == [((MOUNT, WRITE), (arn,))]
    web: Any = catalogue_of(catalogue_with(service)).services["web"]
    assert web.volumes["files"].efs.file_system_id == identity


def test_an_arn_is_of_the_catalogues_partition_and_needs_the_account() -> None:
    service = {"volumes": {"files": {"efs": {"file_system": "fs-0a1b2c3d", "iam": True}}}, "mounts": {"files": "/a"}}
    catalogue = catalogue_of(catalogue_with(service, partition="aws-cn"))
    ((_, resources),) = granted(service, partition="aws-cn")
    assert resources[0].startswith("arn:aws-cn:elasticfilesystem:")
    assert catalogue.needs_account


def test_without_iam_nothing_is_granted() -> None:
    assert granted({"volumes": {"files": {"efs": {"file_system": "files"}}}, "mounts": {"files": "/a"}}) == []


ON_EC2 = {"terraform": {"aws_ecs_task_definition": {"requires_compatibilities": ["EC2"]}}}


@pytest.mark.parametrize(
    ("compatibilities", "is_refused"),
    [(["EC2"], False), (["FARGATE"], True), (["EC2", "FARGATE"], True), ("${var.x}", False), (None, False)],
)
def test_the_host_has_paths_where_tasks_do_not_run_on_fargate(compatibilities: object, is_refused: bool) -> None:
    service = {"volumes": {"socket": {"host": "/run/x"}}, "mounts": {"socket": "/run/x"}}
    said = {"aws_ecs_task_definition": {"requires_compatibilities": compatibilities}}
    found = [f"services.web.volumes.socket.host: {NO_HOST}"] if is_refused else []
    assert told(service | {"terraform": said}) == found
    assert told(service) == [f"services.web.volumes.socket.host: {NO_HOST}"]


NO_HOST = "tasks on Fargate have no volume of the kind `host`"


def test_a_volume_that_nothing_mounts_is_a_warning() -> None:
    volumes: Service = {"a": {}, "b": {}, "c": {}}
    mounts = {"mounts": {"a": "/a"}}
    what = "no container of the task mounts it"
    assert told({"volumes": volumes, **mounts}) == [f"services.web.volumes.{name}: {what}" for name in ("b", "c")]
    assert told({"volumes": volumes, **members_of("${var.mounts}")}) == []


def test_volumes_in_terraforms_names_are_declared_by_type_or_address() -> None:
    for name in ("aws_ecs_task_definition", "aws_ecs_task_definition.web"):
        said = {"terraform": {name: {"volume": [{"name": "tmp"}]}}, "mounts": {"tmp": "/tmp", "temp": "/x"}}  # noqa: S108
        assert told(said) == ["services.web.mounts.temp: the task has no volume `temp`"]
    unknown = {"terraform": {"aws_ecs_task_definition": {"volume": [{"name": "${var.x}"}]}}, "mounts": {"a": "/a"}}
    assert told(unknown) == []


def test_layers_of_volumes_and_mounts_merge_and_a_null_takes_one_away() -> None:
    defaults = {"volumes": {"a": {}, "b": {}}, "mounts": {"a": "/a", "b": {"path": "/b", "read_only": True}}}
    catalogue = catalogue_with(
        {"volumes": {"c": {}, "a": None}, "mounts": {"c": "/c", "a": None, "b": "/other"}}, defaults=defaults
    )
    web: Any = catalogue_of(catalogue).services["web"]
    assert [*web.volumes] == ["c", "b"]
    assert {name: (mount.path, mount.read_only) for name, mount in web.mount_points.items()} == {
        "c": ("/c", None),
        "b": ("/other", None),
    }


def test_what_terraform_says_of_a_disk_lies_over_what_volumes_say() -> None:
    rate = {"volume_configuration": {"managed_ebs_volume": {"volume_initialization_rate": 100}}}
    text = rendered(
        {
            "volumes": {"disk": {"ebs": {"role": "arn:aws:iam::111111111111:role/ebs", "snapshot": "snap-0a1b2c3d"}}},
            "mounts": {"disk": "/disk"},
            "terraform": {"aws_ecs_service": rate},
        }
    )
    assert text.count("volume_initialization_rate = 100") == 1
    assert text.count("volume_configuration {") == 1


def drawn(catalogue: Catalogue) -> list[tuple[object, ...]]:
    return [
        (one.name, one.identity, *one.meanings)
        for one in catalogue.services["web"].all_drawn(catalogue)
        if one.kind == "file system"
    ]


def test_a_file_system_is_drawn_and_checked_and_so_is_the_role_of_a_disk() -> None:
    volumes = {
        "files": FILES,
        "old": {"efs": {"file_system": "fs-0a1b2c3d"}},
        "disk": {"ebs": {"role": "x", "size": 1}},
    }
    mounts = {"files": {"path": "/a", "read_only": True}, "old": "/b", "disk": "/c"}
    catalogue = catalogue_of(catalogue_with({"volumes": volumes, "mounts": mounts}))
    assert drawn(catalogue) == [
        ("files", "${aws_efs_file_system.files.id}", "mounts read-only"),
        ("fs-0a1b2c3d", "fs-0a1b2c3d", "mounts"),
    ]
    checks = [check.sentence.format(*check.values) for check in catalogue.services["web"].all_checks(catalogue)]
    assert "The file system files has mount targets that the tasks of web reach on port 2049" in checks
    assert "The role x lets ECS make volumes of EBS" in checks
