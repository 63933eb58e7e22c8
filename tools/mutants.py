"""Mutants of the packages that nothing may slip through, each held to the tests of its own.

    python -m tools.mutants [PACKAGE ...]

Changes one operator, constant or exception after the other, runs the package's tests, and lists the changes that none
noticed. It takes hours and changes the files in place: run it in a clone. Needs cosmic-ray.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = {
    "aws": ["aws", "changes"],
    "changes": ["changes", "test_edits.py"],
    "files": ["files", "rendering/test_own_templates.py"],
    "hcl": ["hcl", "changes", "test_edition.py"],
    "plan": ["plan"],
    "report": ["report", "changes/test_edits_told.py", "test_edits.py"],
    "source": ["source"],
    "verify": ["verify"],
}
"""Packages of `generator`, and the folders and files of `tests` that hold each."""

_CONFIGURATION = """\
[cosmic-ray]
module-path = {module}
timeout = 120.0
test-command = {command}

[cosmic-ray.distributor]
name = "local"

[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*"] # `str | None` is no operation
"""


def main(chosen: list[str]) -> None:
    """Show what survives in each of the chosen packages, or in all."""
    for package in chosen or TESTS:
        print(f"# {package}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            _survivors(package, Path(folder))


def _survivors(package: str, folder: Path) -> None:
    configuration, session = folder / "mutation.toml", folder / "mutants.sqlite"
    tests = " ".join(f"tests/{path}" for path in TESTS[package])
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider -m 'not slow' {tests}"
    module = f"generator/{package}"
    configuration.write_text(_CONFIGURATION.format(module=json.dumps(module), command=json.dumps(command)), "utf-8")
    _run("cosmic-ray", "init", configuration, session)
    _run("cr-filter-operators", session, configuration)
    _run("cosmic-ray", "exec", configuration, session)
    _run("cr-report", "--show-diff", "--surviving-only", session)


def _run(program: str, *arguments: object) -> None:
    subprocess.run([Path(sys.executable).with_name(program), *map(str, arguments)], check=True)  # noqa: S603 - ours


if __name__ == "__main__":
    main(sys.argv[1:])
