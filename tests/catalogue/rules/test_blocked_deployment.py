"""A deployment that can neither stop a task nor start one is warned about."""

from __future__ import annotations

import pytest

from generator.catalogue.read import read
from generator.source.source import Source
from tests.support.rendering import SMALL


def warnings(deployment: str, desired_count: int) -> list[str]:
    text = f"{SMALL}    deployment: {deployment}\n    desired_count: {desired_count}\n"
    return [str(problem) for problem in read(Source(text, "services.yaml"))[1]]


@pytest.mark.parametrize(
    ("deployment", "desired_count"),
    [
        ("{maximum_percent: 100}", 1),
        ("{maximum_percent: 100, minimum_healthy_percent: 100}", 4),
        ("{maximum_percent: 100, minimum_healthy_percent: 50}", 1),
        ("{maximum_percent: 150, minimum_healthy_percent: 51}", 1),
        ("{maximum_percent: 133, minimum_healthy_percent: 67}", 2),
    ],
)
def test_a_deployment_that_cannot_proceed_is_warned_about(deployment: str, desired_count: int) -> None:
    (warning,) = warnings(deployment, desired_count)
    assert warning.startswith("services.yaml:9:5: warning: services.mail.deployment: no deployment can proceed: ")
    assert warning.endswith("; raise `maximum_percent`, or lower `minimum_healthy_percent`")


@pytest.mark.parametrize(
    ("deployment", "desired_count"),
    [
        ("{maximum_percent: 100}", 0),
        ("{maximum_percent: 100, minimum_healthy_percent: 50}", 2),
        ("{maximum_percent: 100, minimum_healthy_percent: 0}", 1),
        ("{maximum_percent: 150, minimum_healthy_percent: 100}", 2),
        ("{minimum_healthy_percent: 100}", 1),
        ("{}", 1),
    ],
)
def test_a_deployment_that_can_proceed_is_not(deployment: str, desired_count: int) -> None:
    assert warnings(deployment, desired_count) == []
