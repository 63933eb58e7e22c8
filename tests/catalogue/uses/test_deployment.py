"""A deployment that can neither stop a task nor start one is warned about."""

from __future__ import annotations

import pytest

from generator.catalogue.read import read
from generator.errors import CatalogueError
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


def test_it_is_not_judged_by_a_count_of_tasks_that_is_wrong() -> None:
    text = f"{SMALL}    deployment: {{maximum_percent: 100}}\n    desired_count: some\n"
    with pytest.raises(CatalogueError) as raised:
        read(Source(text, "services.yaml"))
    assert [problem.severity for problem in raised.value.problems] == ["error"]


def test_one_of_the_defaults_is_told_of_there_for_each_count_of_tasks_that_it_blocks() -> None:
    text = SMALL.replace("services:", "defaults: {deployment: {maximum_percent: 100}}\nservices:") + (
        "  post: {kind: worker, image: busybox:1}\n"
        "  sort: {kind: worker, image: busybox:1, desired_count: 2}\n"
        "  free: {kind: worker, image: busybox:1, deployment: {maximum_percent: 200}}\n"
        "  once: {kind: task, image: busybox:1}\n"
    )
    told = [str(problem) for problem in read(Source(text, "services.yaml"))[1]]
    assert [line.split(" have")[0] for line in told] == [
        "services.yaml:5:12: warning: defaults.deployment: no deployment can proceed: 100 % of 1 task",
        "services.yaml:5:12: warning: defaults.deployment: no deployment can proceed: 100 % of 2 tasks",
    ]
