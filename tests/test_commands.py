"""Each command is found by its file, and imported only when it is called."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from generator.cli import tfgen
from tests.support.paths import ROOT
from tests.support.project import RunTfgen

FILES = {path.stem for path in (ROOT / "generator/commands").glob("*.py")} - {"__init__"}
NEVER_NEEDED = {"generator.workspace", "generator.changes.edit", "jinja2", "rich", "yaml"}
"""Modules that take long to import, and that the list of commands does without."""


def imported_by(*arguments: str) -> set[str]:
    """Return the modules that a run of tfgen has imported when it ends."""
    program = "import sys; from generator.cli import _run; _run(); print('IMPORTED', *sys.modules)"
    command = [sys.executable, "-c", program, *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.rpartition("IMPORTED ")[2].split())


def test_each_file_is_a_command_by_its_name() -> None:
    assert {name.replace("-", "_") for name in tfgen.commands} == FILES
    assert "verify-plan" in tfgen.commands


@pytest.mark.parametrize("module", sorted(FILES))
def test_the_list_of_commands_says_of_each_what_its_own_help_says(module: str) -> None:
    command = import_module(f"generator.commands.{module}").command
    listed = tfgen.commands[module.replace("_", "-")]
    assert listed.get_short_help_str(1000) == command.get_short_help_str(1000) != ""


def test_a_command_is_imported_alone() -> None:
    imported = imported_by("schema")
    assert {name for name in imported if name.startswith("generator.commands.")} == {"generator.commands.schema"}
    assert not imported & {"generator.workspace", "rich"}


def test_a_check_without_a_job_does_without_what_reads_schedules() -> None:
    assert not {name for name in imported_by("check") if name.startswith(("generator.aws.schedule", "zoneinfo"))}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["no-such-command"], []])
def test_where_no_command_is_called_none_is_imported(arguments: list[str]) -> None:
    imported = imported_by(*arguments)
    assert "generator.commands" in imported
    assert not {name for name in imported if name.startswith("generator.commands.")}
    assert not imported & NEVER_NEEDED


@pytest.mark.parametrize("name", ["verify_plan", "__init__", "Check", "../cli"])
def test_the_name_of_a_module_is_no_command(name: str, run_tfgen: RunTfgen, tmp_path: Path) -> None:
    result = run_tfgen(name, cwd=tmp_path)
    assert result.exit_code == 1
    assert f"No such command '{name}'" in result.stderr
