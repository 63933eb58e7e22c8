"""Every golden case, planned by the real Terraform: no template writes an argument that the provider refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.workspace import Workspace
from tests.terraform.account import Account
from tests.terraform.stack import Stack

CASES = sorted((Path(__file__).parent.parent / "cases").iterdir())

pytestmark = pytest.mark.xdist_group("cases-plan")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_planned_as_its_catalogue_implies(
    case: Path, stack_in: Callable[[Path], Stack], account: Account, tmp_path: Path
) -> None:
    stack = stack_in(tmp_path / "root")
    stack.install(case / "expected")
    stack.call(variables(case / "expected", account))
    created = {
        change["address"] for change in stack.plan()["resource_changes"] if change["change"]["actions"] == ["create"]
    }
    _, catalogue, _ = Workspace(case / "services.yaml").load()
    implied = {block.address for block in catalogue.main_blocks if block.address.startswith("aws_")}
    assert implied <= {address.removeprefix(f"{stack.address}.") for address in created}


def variables(module: Path, account: Account) -> dict[str, Any]:
    """Return a value for each variable that a module declares: what the account has, or something of its type."""
    known = {"subnets": account.subnets, "security_group": account.security_group, "vpc_id": account.vpc}
    file = module / "variables.tf"
    declared = re.findall(r'variable "(\w+)" \{\n  type = (\S+)', file.read_text("utf-8") if file.exists() else "")
    texts = {"string": "arn:aws:test:::text", "list(string)": [account.security_group]}
    return {name: known.get(name, texts[kind]) for name, kind in declared}
