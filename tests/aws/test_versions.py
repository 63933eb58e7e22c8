"""Since which version of the provider names are there."""

from __future__ import annotations

import json

import pytest

from generator.aws.schema import BodySchema, aws
from generator.aws.versions import SINCE, version_with
from generator.hcl.version_constraints import OLDEST, release
from tests.support.paths import ROOT

TABLE = json.loads((ROOT / "generator/aws/since.json").read_text("utf-8"))


def body_of(path: str) -> BodySchema:
    type_ = next(type_ for type_ in aws().types if path == type_ or path.startswith(f"{type_}."))
    body = aws().types[type_]
    for name in path.removeprefix(type_).split(".")[1:]:
        body = body.blocks[name]
    return body


def test_the_newest_version_is_that_of_the_names() -> None:
    versions = TABLE["versions"]
    assert versions[-1] == aws().version
    assert [release(one) for one in versions] == sorted(release(one) for one in versions)


@pytest.mark.parametrize("path", TABLE["since"])
def test_each_newer_name_is_one_of_the_newest_version_and_between_two_versions(path: str) -> None:
    for name, (lacks, has) in TABLE["since"][path].items():
        assert not name or name in body_of(path).exported
        assert TABLE["versions"].index(has) == TABLE["versions"].index(lacks) + 1


@pytest.mark.parametrize(("path", "name"), SINCE)
def test_what_changelogs_say_is_what_the_packages_have(path: str, name: str) -> None:
    names = TABLE["since"].get(path, {})
    lacks, has = names.get(name) or names.get("", ["0.0.0", TABLE["versions"][0]])
    assert release(lacks) < release(SINCE[path, name]) <= release(has)


@pytest.mark.parametrize(
    ("path", "name", "version", "expected"),
    [
        ("aws_ecs_service", "arn", "5.100.0", "6.0.0"),
        ("aws_ecs_service", "arn", "6.0.0", None),
        ("aws_ecs_service", "volume_configuration", "5.51.0", "5.51.1"),
        ("aws_ecs_service", "availability_zone_rebalancing", "5.74.0", "5.84.0"),
        ("aws_ecs_service", "availability_zone_rebalancing", "5.77.0", None),
        ("aws_ecs_service.deployment_configuration", "canary_configuration", "6.18.0", "6.25.0"),
        ("aws_scheduler_schedule", "", "4.33.0", "4.50.0"),
        ("aws_ecs_service", "name", "0.0.0", None),
        ("aws_nothing", "name", "0.0.0", None),
    ],
)
def test_a_name_that_a_version_lacks_is_told_with_one_that_has_it(
    path: str, name: str, version: str, expected: str | None
) -> None:
    assert version_with(path, name, release(version)) == expected


def test_what_is_not_newer_is_there_in_the_oldest_version() -> None:
    assert version_with("aws_ecs_service", "network_configuration", OLDEST) is None
