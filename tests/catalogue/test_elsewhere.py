"""The keys of other tools: each is none of tfgen's, and what it is called here is."""

from __future__ import annotations

import re

import pytest
import yaml

from generator.catalogue.chosen_names import NamesOfAModule
from generator.catalogue.cluster import Cluster
from generator.catalogue.kinds import all_kinds
from generator.catalogue.kinds.job import Delivery
from generator.catalogue.log_groups import LogGroup
from generator.catalogue.model import Catalogue
from generator.catalogue.requires import Requires
from generator.catalogue.roles import ExecutionRole, ExistingRole
from generator.catalogue.security_group_rules import SecurityGroupRule
from generator.catalogue.service import Service
from generator.catalogue.shared import Image, Network
from generator.catalogue.target_groups import TargetGroup, TargetHealthCheck
from generator.catalogue.uses.buckets import BUCKET, Bucket
from generator.catalogue.uses.container import Container
from generator.catalogue.uses.deployment import Deployment
from generator.catalogue.uses.email import SENDER
from generator.catalogue.uses.health_check import HealthCheck
from generator.catalogue.uses.keys import KEY
from generator.catalogue.uses.launch import CapacityProvider
from generator.catalogue.uses.load_balancer import LoadBalancer
from generator.catalogue.uses.log_router import LogRouter
from generator.catalogue.uses.logs import LOGS
from generator.catalogue.uses.mounts import Mount, MountsOfAnother
from generator.catalogue.uses.parameters import PARAMETER
from generator.catalogue.uses.permissions import WrittenPermission
from generator.catalogue.uses.placement import Placement, PlacementConstraint, PlacementStrategy
from generator.catalogue.uses.ports import Port
from generator.catalogue.uses.queue import QUEUE
from generator.catalogue.uses.security_group import SecurityGroup
from generator.catalogue.uses.tables import TABLE
from generator.catalogue.uses.topics import TOPIC
from generator.catalogue.volume_types import DockerVolume, Ebs, Efs, Volume
from generator.settings.parts import Elsewhere, Part, known_settings, meant
from tests.support.rendering import catalogue_of, dumped

PARTS: list[type[Part]] = [
    *(Bucket, CapacityProvider, Catalogue, Cluster, Container, Delivery, Deployment, DockerVolume, Ebs, Efs),
    *(ExecutionRole, ExistingRole, HealthCheck, Image, LoadBalancer, LogGroup, LogRouter, Mount, MountsOfAnother),
    *(NamesOfAModule, Network, Placement, PlacementConstraint, PlacementStrategy, Port, Requires),
    *(SecurityGroup, SecurityGroupRule, TargetGroup, TargetHealthCheck, Volume, WrittenPermission),
    *(sort.part for sort in (BUCKET, KEY, LOGS, PARAMETER, QUEUE, SENDER, TABLE, TOPIC)),
]
BASE = {
    "version": 1,
    "project": "shop",
    "module": {"path": "out", "address": "module.shop"},
    "images": {"web": {"repository": "shop-web", "tag": "1"}},
    "network": {"subnets": ["subnet-0a1b2c3d"], "security_groups": ["sg-0a1b2c3d"]},
}
OF_SERVICES = {name for kind in all_kinds().values() for name in known_settings(kind)}
REMEDIES = {key: found.remedy for key, found in Service.elsewhere.items() if isinstance(found, Elsewhere)}
LINES = sorted(
    {
        line
        for remedy in REMEDIES.values()
        for line in re.findall("`((?:terraform|container_definition|names): .*?)`", remedy)
    }
)


@pytest.mark.parametrize("part", [*PARTS, Service], ids=lambda part: part.__name__)
def test_each_key_is_unknown_and_what_it_stands_for_is_known(part: type[Part]) -> None:
    known = OF_SERVICES if part is Service else known_settings(part).keys()
    assert part.elsewhere
    assert part.elsewhere.keys() & known == set()
    assert {found for found in part.elsewhere.values() if isinstance(found, str)} <= known
    assert all(key == key.lower() and "-" not in key for key in part.elsewhere)


def test_every_setting_that_other_tools_have_has_other_names() -> None:
    assert OF_SERVICES - {found for found in Service.elsewhere.values() if isinstance(found, str)} == {"policy_name"}


@pytest.mark.parametrize(
    ("key", "found"),
    [
        *[(key, "desired_count") for key in ("desiredCount", "desired-count", "DesiredCount", "replicas", "count")],
        *[(key, "memory") for key in ("mem", "memoryMiB", "memory_mib", "Memory", "memroy")],
        ("environmentVariables", "environment"),
        ("nothing_like_it", None),
    ],
)
def test_a_key_is_found_however_its_words_are_joined(key: str, found: str | None) -> None:
    assert meant(all_kinds()["worker"], key) == found


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_a_remedy_tells_may_stand_in_a_service(line: str) -> None:
    assert catalogue_of(dumped({**BASE, "services": {"mail": {"kind": "worker", **yaml.safe_load(line)}}})).services


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("ulimits", "container_definition: {ulimits: [{name: nofile, softLimit: 65536, hardLimit: 65536}]}"),
        ("readonlyRootFilesystem", "container_definition: {readonlyRootFilesystem: true}"),
        ("propagateTags", "terraform: {aws_ecs_service: {propagate_tags: SERVICE}}"),
        ("autoscaling", "terraform: {aws_ecs_service: {lifecycle: {ignore_changes: [desired_count]}}}"),
    ],
)
def test_the_remedy_of_what_has_no_key_is_a_line_in_the_names_of_terraform_or_ecs(key: str, line: str) -> None:
    found = meant(all_kinds()["worker"], key)
    assert isinstance(found, Elsewhere)
    assert f"`{line}`" in found.remedy


def test_what_there_is_not_comes_before_what_looks_like_it() -> None:
    assert isinstance(meant(all_kinds()["worker"], "dashboards"), Elsewhere)
