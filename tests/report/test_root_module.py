"""The report of a module that no other one calls."""

from __future__ import annotations

import pytest

from tests.support.project import Project
from tests.support.rendering import CATALOGUE

ROOT = CATALOGUE.replace("module.shop", "root")


def report_of(project: Project, catalogue: str) -> str:
    (project.root / "base.yaml").write_text(catalogue, "utf-8")
    project.says(catalogue.replace("worker,", "worker, desired_count: 2,"))
    result = project.run("report", "--base-file", "base.yaml")
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize(
    ("catalogue", "where"), [(ROOT, "In the root module:"), (CATALOGUE, "In the root module that calls `module.shop`:")]
)
def test_the_plan_is_made_where_terraform_runs(project: Project, catalogue: str, where: str) -> None:
    assert where in report_of(project, catalogue).splitlines()


def test_no_outputs_are_told_where_there_are_none(project: Project) -> None:
    without = ROOT.replace("{path: out,", "{path: out, files: {outputs: null},")
    assert "outputs are then" in report_of(project, ROOT)
    assert "outputs are then" not in report_of(project, without)
