"""What is found, as text, as JSON, or as annotations in CI, and its exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.errors import Problem, file_in, first_of, folder_in_words, json_text
from generator.files.drift import FileComparison, State, render_command

CLEAN, ERROR, DRIFT = 0, 1, 2
"""Exit codes, after those of `terraform plan -detailed-exitcode`."""

_ANNOTATED_DIFF_LINES = 40
"""An annotation of GitHub holds 4 KiB or so."""


class Report(NamedTuple):
    """What a check found. `arguments` are those that the user's command needs to mean the same catalogue."""

    problems: Sequence[Problem] = ()
    comparisons: Sequence[FileComparison] = ()
    folder_name: str = ""
    arguments: Sequence[str] = ()

    @property
    def exit_code(self) -> int:
        if any(problem.severity == "error" for problem in self.problems):
            return ERROR
        return DRIFT if self.drifted else CLEAN

    @property
    def drifted(self) -> list[FileComparison]:
        return [comparison for comparison in self.comparisons if comparison.state is not State.SAME]

    def remedy(self, comparison: FileComparison) -> str:
        """Return the command that fixes a difference."""
        return render_command(self.arguments, adopt=comparison.state is State.UNMANAGED)

    def sentence(self, comparison: FileComparison) -> str:
        """Return a difference in words, with its remedy."""
        path = file_in(self.folder_name, comparison.name)
        conflict = ", and a merge conflict is not resolved in it" if comparison.holds_conflict else ""
        return f"{path}: {_SENTENCES[comparison.state]}{conflict}; {self._remedy_in_words(comparison)}"

    def _remedy_in_words(self, comparison: FileComparison) -> str:
        command = f"run `{self.remedy(comparison)}`"
        if comparison.state is State.LINE_ENDINGS:
            return f"{command}, and write `*.tf text eol=lf` into .gitattributes, so that git leaves them as they are"
        return command


_SENTENCES = {
    State.CHANGED: "changed: it is not what the catalogue renders",
    State.MISSING: "missing: the catalogue renders it",
    State.ORPHANED: "orphaned: the catalogue no longer renders it",
    State.UNMANAGED: "unmanaged: its first line does not say that tfgen generates it from this catalogue",
    State.LINE_ENDINGS: "line endings: its lines end in CRLF, and are the same otherwise",
}


def diff_lines(report: Report) -> Iterator[str]:
    """Yield what a render would change, as one unified diff."""
    for comparison in report.drifted:
        yield from comparison.diff(report.folder_name)


def talk_lines(report: Report) -> Iterator[str]:
    """Yield problems and differences as a person reads them, or that there is no difference."""
    yield from (str(problem) for problem in first_of(report.problems))
    yield from (report.sentence(comparison) for comparison in report.drifted)
    if report.exit_code == CLEAN:
        yield f"{folder_in_words(report.folder_name)} is up to date"


def to_json(report: Report) -> str:
    """Return a report for programs."""
    found = {
        "exit_code": report.exit_code,
        "problems": [_problem_fields(problem) for problem in report.problems],
        "files": [
            {
                "file": file_in(report.folder_name, comparison.name),
                "state": comparison.state.value,
                "line": comparison.first_line(),
                "remedy": report.remedy(comparison),
                "diff": comparison.diff(report.folder_name),
            }
            for comparison in report.drifted
        ],
    }
    return json_text(found)


def to_github(report: Report) -> Iterator[str]:
    """Yield a report as workflow commands, which GitHub shows at the file and line.

    Source: GitHub Actions documentation, "Workflow commands".
    """
    for problem in first_of(report.problems):
        where = problem.where
        yield annotation(problem.severity, [str(problem)], where.file, where.line, where.column)
    for comparison in report.drifted:
        diff = comparison.diff(report.folder_name)[:_ANNOTATED_DIFF_LINES]
        lines = [report.sentence(comparison), *diff]
        yield annotation("error", lines, file_in(report.folder_name, comparison.name), comparison.first_line())


def _problem_fields(problem: Problem) -> dict[str, object]:
    fields = {name: getattr(problem, name) for name in ("severity", "key", "what", "remedy")}
    return problem.where._asdict() | fields


def annotation(level: str, message: Iterable[str], file: str = "", line: int = 0, column: int = 0) -> str:
    """Return a workflow command that shows lines of text, at a place of a file where there is one."""
    place = {"file": file, "line": line, "col": column, "title": "tfgen"}
    properties = ",".join(f"{name}={_escaped_property(str(value))}" for name, value in place.items() if value)
    return f"::{level} {properties}::{_escaped(chr(10).join(message))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
