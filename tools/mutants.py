"""Mutants of the modules that nothing may slip through, each held to the tests of its own group.

    python -m tools.mutants [GROUP ...]

Changes one operator, constant or exception after the other, runs the group's tests, and lists the changes that none
noticed. It takes hours and changes the files in place: run it in a clone. Needs cosmic-ray.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple


class Group(NamedTuple):
    """Modules or packages of `generator`, and the patterns of the names of their test files."""

    modules: list[str]
    tests: list[str]

    def paths(self) -> list[Path]:
        return [Path("generator", module) for module in self.modules]

    def test_files(self) -> list[Path]:
        return [path for pattern in self.tests for path in sorted(Path("tests").glob(f"test_{pattern}.py"))]


GROUPS = {
    "hcl": Group(["hcl"], ["hcl_*", "edition", "changes"]),
    "verify": Group(["verify", "drift.py"], ["verify", "drift", "override_warnings"]),
    "files": Group(
        ["folder.py", "git.py", "revision.py", "source.py", "write.py"],
        ["folder", "source", "revision", "write", "planted_repositories", "own_templates"],
    ),
    "provider": Group(["provider"], ["provider", "provider_values", "changes"]),
    "changes": Group(["changes"], ["changes", "edits_told", "edits", "lacking_blocks"]),
    "plan": Group(["plan"], ["plan", "verify_plan"]),
    "report": Group(["report"], ["document", "edits_told", "report", "markdown", "edits"]),
}

_CONFIGURATION = """\
[cosmic-ray]
module-path = {modules}
timeout = 120.0
test-command = {command}

[cosmic-ray.distributor]
name = "local"

[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*"] # `str | None` is no operation
"""


def main(chosen: list[str]) -> None:
    """Show what survives in each of the chosen groups, or in all."""
    for name in chosen or GROUPS:
        print(f"# {name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            _survivors(GROUPS[name], Path(folder))


def _survivors(group: Group, folder: Path) -> None:
    configuration, session = folder / "mutation.toml", folder / "mutants.sqlite"
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {' '.join(map(str, group.test_files()))}"
    modules = json.dumps([str(path) for path in group.paths()])
    configuration.write_text(_CONFIGURATION.format(modules=modules, command=json.dumps(command)), "utf-8")
    _run("cosmic-ray", "init", configuration, session)
    _run("cr-filter-operators", session, configuration)
    _run("cosmic-ray", "exec", configuration, session)
    _run("cr-report", "--show-diff", "--surviving-only", session)


def _run(program: str, *arguments: object) -> None:
    subprocess.run([Path(sys.executable).with_name(program), *map(str, arguments)], check=True)  # noqa: S603 - ours


if __name__ == "__main__":
    main(sys.argv[1:])
