"""Each folder of `errors/` is one bad input, with the whole of what a render says about it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import TESTS
from tests.support.project import RunTfgen

CASES = sorted(path for path in (TESTS / "errors").iterdir() if path.is_dir())
EXPECTED = "expected.txt"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_bad_input_is_refused_with_its_message_and_nothing_is_written(
    case: Path, tmp_path: Path, run_tfgen: RunTfgen, update_golden: bool
) -> None:
    folder = Path(shutil.copytree(case, tmp_path / "case", symlinks=True, ignore=shutil.ignore_patterns(EXPECTED)))
    before = _contents(folder)

    result = run_tfgen("render", cwd=folder)

    assert _contents(folder) == before
    assert (result.exit_code, result.stdout) == (1, "")
    if update_golden:
        (case / EXPECTED).write_bytes(result.stderr.encode())
    expected = (case / EXPECTED).read_bytes().decode()
    assert result.stderr == expected, f"to accept what it says now: pytest {Path(__file__).name} --update-golden"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_line_of_a_message_names_a_place_and_a_remedy(case: Path) -> None:
    lines = (case / EXPECTED).read_text(encoding="utf-8").splitlines()

    assert lines
    for line in lines:
        assert line.isprintable()
        place, _, message = line.partition(": ")
        assert place.partition(":")[0]
        what, _, remedy = message.rpartition("; ")
        assert what, "it does not say what is wrong"
        assert remedy, "it does not say what to do"


def test_golden_files_are_not_updated_in_ci() -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--update-golden", __file__]

    run = subprocess.run(command, env={**os.environ, "CI": "true"}, capture_output=True, text=True, check=False)

    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--update-golden is refused in CI" in run.stderr


def _contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything below a folder: links by where they lead, the rest by bytes and time of its last change."""
    return {path.relative_to(folder).as_posix(): _content(path) for path in sorted(folder.rglob("*"))}


def _content(path: Path) -> tuple[bytes, int]:
    changed = path.lstat().st_mtime_ns
    if path.is_symlink():
        return bytes(path.readlink()), changed
    return (b"" if path.is_dir() else path.read_bytes()), changed
