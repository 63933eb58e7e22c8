"""Small catalogues, and plans of them that keep the contract or break it, each of another kind.

The plans are cut short: an argument that stands neither in `after` nor in `after_unknown` says nothing.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.paths import DATA
from tests.support.project import RunTfgen

CASES = DATA / "contract"


@pytest.mark.parametrize(
    ("case", "plan"),
    [
        ("plan_with_a_second_container", "good"),
        ("plan_that_is_not_all", "a_ok"),
        ("module_called_with_count", "b_count"),
        ("root_module", "s_root"),
        ("ignored_changes", "nothing"),
        ("computed_while_updated", "plan"),
        ("what_reads_an_output", "plan"),
        ("plan_of_an_open_role", "good"),
    ],
)
def test_a_plan_that_does_what_is_implied_holds(case: str, plan: str, tmp_path: Path, run_tfgen: RunTfgen) -> None:
    exit_code, told = _verified(case, plan, tmp_path, run_tfgen)
    assert (exit_code, told.count("holds: ")) == (0, 1), told


@pytest.mark.parametrize(
    ("case", "plan", "faults"),
    [
        (
            "plan_of_another_image",
            "plan",
            [
                "container_definitions[mail].image is not what is rendered",
                "policy.Statement[0].Resource is not what is rendered",
                "network_configuration[0].subnets is not what is rendered",
                "network_configuration[0].assign_public_ip is not what is rendered",
            ],
        ),
        ("plan_with_a_second_container", "plan", ["container_definitions[1] is set, and not rendered"]),
        ("plan_that_is_not_all", "h_actions", ["action.aws_lambda_invoke.migrate"]),
        ("plan_of_an_open_role", "plan", ["assume_role_policy.Statement[0]"]),
        ("plan_with_an_output", "plan", ["output.admin"]),
        ("plan_with_an_output", "provisioner", ["provisioner is configured, and not rendered"]),
    ],
)
def test_a_plan_that_does_something_else_breaks_the_contract(
    case: str, plan: str, faults: list[str], tmp_path: Path, run_tfgen: RunTfgen
) -> None:
    exit_code, told = _verified(case, plan, tmp_path, run_tfgen)
    assert exit_code == 2
    assert [fault for fault in faults if fault not in told] == []


def test_a_plan_with_deferred_changes_is_not_whole(tmp_path: Path, run_tfgen: RunTfgen) -> None:
    exit_code, told = _verified("plan_that_is_not_all", "g2_deferred_nocomplete", tmp_path, run_tfgen)
    assert exit_code == 1
    assert "it is not complete; plan without `-target` or deferred changes" in told


def test_a_real_plan_of_lifecycles_and_instances_holds_but_for_the_module_within(
    tmp_path: Path, run_tfgen: RunTfgen
) -> None:
    """It was made with `terraform_data` alone, so the service's own resources are missing."""
    _, told = _verified("terraform_data", "plan", tmp_path, run_tfgen)
    rows = [line for line in told.splitlines() if ".terraform_data." in line]
    broken = [line.split()[0] for line in rows if not line.rstrip().endswith("holds")]
    assert len(rows) > 10
    assert broken == ["module.compute.module.sub.terraform_data.s"]


def _verified(case: str, plan: str, folder: Path, run_tfgen: RunTfgen) -> tuple[int, str]:
    shutil.copytree(CASES / case, folder, dirs_exist_ok=True)
    assert run_tfgen("render", cwd=folder).exit_code == 0
    done = run_tfgen("verify-plan", f"{plan}.json", "--base-file", "base.yaml", cwd=folder)
    return done.exit_code, done.stdout + done.stderr
