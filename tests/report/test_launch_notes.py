"""The report tells where a service gets other capacity providers: what that does depends on the provider."""

from __future__ import annotations

import pytest

from tests.support.project import Project
from tests.support.rendering import CATALOGUE

SPOT = "capacity: [{provider: FARGATE_SPOT, weight: 1}],"
MORE = "capacity: [{provider: FARGATE_SPOT, weight: 2}],"


def report_of(project: Project, before: str, after: str) -> str:
    project.says(CATALOGUE.replace("worker,", f"worker, {before}"))
    (project.root / "base.yaml").write_bytes((project.root / "services.yaml").read_bytes())
    project.says(CATALOGUE.replace("worker,", f"worker, {after}"))
    result = project.run("report", "--base-file", "base.yaml")
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize(("before", "after"), [("", SPOT), (SPOT, ""), (SPOT, MORE)])
def test_other_capacity_providers_are_told(project: Project, before: str, after: str) -> None:
    assert "**Capacity providers:** those of `mail` change." in report_of(project, before, after)


@pytest.mark.parametrize(("before", "after"), [("", "cpu: 512, memory: 1024,"), (SPOT, f"{SPOT} desired_count: 2,")])
def test_other_changes_are_not(project: Project, before: str, after: str) -> None:
    assert "Capacity providers" not in report_of(project, before, after)
