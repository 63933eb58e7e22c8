"""Tables: whole lines for programs, the width of a terminal for people."""

from __future__ import annotations

from io import StringIO
from typing import IO

import pytest

from generator.output.table import Rows, print_table
from tests.support.processes import started
from tests.support.project import Project
from tests.support.rendering import CATALOGUE
from tests.support.terminal import Terminal


def printed(rows: Rows, stream: IO[str]) -> list[str]:
    print_table(rows, stream, colour=False)
    stream.seek(0)
    return stream.read().splitlines()


def lines(rows: Rows) -> list[str]:
    return printed(rows, StringIO())


def test_columns_are_as_wide_as_their_widest_cell_and_no_line_ends_in_spaces() -> None:
    rows = Rows(("NAME", "SIZE", "NOTE"), numbers=("SIZE",))
    rows.add(["a", 1, "long enough"])
    rows.add(["widest", 12345, ""])

    assert lines(rows) == ["NAME     SIZE  NOTE", "a           1  long enough", "widest  12345"]


def test_a_sign_of_two_columns_counts_as_two() -> None:
    rows = Rows(("NAME", "NOTE"))
    rows.add(["日本", "x"])
    rows.add(["abcd", "y"])

    assert lines(rows) == ["NAME  NOTE", "日本  x", "abcd  y"]


def test_a_terminal_gets_what_is_too_wide_for_it_in_one_line_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    rows = Rows(("NAME",))
    rows.add(["x" * 100])

    shown = printed(rows, Terminal())

    assert any("x" * 100 in line for line in shown)
    assert "".join(shown).count("x") == 100


@pytest.mark.parametrize("command", ["list", "changes --base-file base.yaml"])
@pytest.mark.parametrize("environment", [{}, {"COLUMNS": "20"}, {"FORCE_COLOR": "1", "TERM": "dumb"}])
def test_a_program_gets_each_row_in_a_line(project: Project, command: str, environment: dict[str, str]) -> None:
    queue = "a-queue-with-a-name-that-is-much-wider-than-any-of-the-others-is"
    project.says(CATALOGUE.replace("worker,", f"worker, queue: {queue},"))
    (project.root / "base.yaml").write_text(CATALOGUE, encoding="utf-8")

    with started(*command.split(), cwd=project.root, **environment) as process:
        stdout = process.communicate(timeout=60)[0].decode()

    assert process.returncode == 0
    assert queue in stdout
    assert "\x1b" not in stdout
    for line in stdout.splitlines():
        assert line == line.rstrip()
        assert line.startswith(("SERVICE ", "PART ", "mail "))


def test_a_table_is_utf_8_whatever_the_locale(project: Project) -> None:
    project.says(CATALOGUE.replace("worker,", "worker, environment: {A: grüß dich},"))
    (project.root / "base.yaml").write_text(CATALOGUE, encoding="utf-8")

    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    with started("changes", "--base-file", "base.yaml", cwd=project.root, **ascii_only) as process:
        stdout, stderr = process.communicate(timeout=60)

    assert process.returncode == 0, stderr
    assert "grüß dich" in stdout.decode()
