"""Each folder of `edits/` is an edit from `before.yaml` to `services.yaml`, with the whole of what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.paths import TESTS
from tests.support.project import RunTfgen

EDITS = sorted((TESTS / "edits").iterdir())

COMMANDS = {
    "expected.md": ("report",),
    "expected.txt": ("changes",),
    "expected.json": ("changes", "--format", "json"),
}
"""What is told, by the file that holds it."""


@pytest.mark.parametrize("expected", COMMANDS)
@pytest.mark.parametrize("case", EDITS, ids=lambda path: path.name)
def test_an_edit_is_told_so(case: Path, expected: str, run_tfgen: RunTfgen, update_golden: bool) -> None:
    result = run_tfgen(*COMMANDS[expected], "--base-file", "before.yaml", cwd=case)

    assert result.exit_code == 0, result.stderr
    if update_golden:
        (case / expected).write_bytes(result.stdout.encode())
    golden = (case / expected).read_bytes().decode()
    assert result.stdout == golden, f"to accept what it says now: pytest {Path(__file__).name} --update-golden"
