"""The keys of other tools: each is none of tfgen's, and what it is called here is."""

from __future__ import annotations

import pytest

from generator.catalogue.kinds import all_kinds
from generator.catalogue.kinds.job import Delivery
from generator.catalogue.model import Catalogue
from generator.catalogue.service import Service
from generator.catalogue.shared import Image, Network
from generator.catalogue.uses.buckets import Bucket
from generator.catalogue.uses.deployment import Deployment
from generator.catalogue.uses.health_check import HealthCheck
from generator.catalogue.uses.load_balancer import LoadBalancer
from generator.settings.parts import Elsewhere, Part, known_settings, meant

PARTS: list[type[Part]] = [Bucket, Catalogue, Delivery, Deployment, HealthCheck, Image, LoadBalancer, Network]
OF_SERVICES = {name for kind in all_kinds().values() for name in known_settings(kind)}


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


def test_what_there_is_not_comes_before_what_looks_like_it() -> None:
    assert isinstance(meant(all_kinds()["worker"], "dashboards"), Elsewhere)
