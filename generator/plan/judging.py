"""A plan's file against the catalogue's edit."""

from __future__ import annotations

from pathlib import Path

from generator.changes.edit import Edit
from generator.plan.contract import Contract
from generator.plan.read import read_plan
from generator.plan.verdict import Verdict
from generator.stages import Stage, enter


def verdicts_on(plan_file: Path, edit: Edit, allows_import: bool = False) -> list[Verdict]:
    """Return a verdict for each thing that the edit implies or the plan touches. Raises `PlanError`."""
    enter(Stage("judging the plan"))
    contract = Contract.between(edit.before, edit.after, allows_import)
    return contract.judge(read_plan(plan_file, contract.address))
