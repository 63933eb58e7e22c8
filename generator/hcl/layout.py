"""The layout of generated text: `=` aligned and blank lines kept single, as `terraform fmt` leaves them.

Source: `formatCells` and `linesForFormat` in HashiCorp's `hclwrite/format.go`. Templates write their own indentation.
"""

from __future__ import annotations

import re

from generator.hcl.tokens import IDENTIFIER

_ASSIGNMENT = re.compile(rf'(?P<lead>[ ]*(?:{IDENTIFIER}|"(?:[^"\\]|\\.)*"))[ ]*=(?![=>])[ ]*(?P<value>.+)')
"""An attribute or an entry of an object."""

_OPENING_BRACKETS = ("(", "[", "{")

_HEREDOC = re.compile(rf"<<-?(?P<marker>{IDENTIFIER})$")


def laid_out(text: str) -> str:
    """Return the text with each run of assignments aligned and no line with trailing spaces.

    Blank lines stay single, and none follows an opening bracket or precedes a closing one.
    """
    lines: list[str] = []
    run: list[re.Match[str]] = []
    marker: str | None = None
    for line in text.split("\n"):
        if marker is not None:
            marker = None if line.strip() == marker else marker
            lines.append(line)
            continue
        bare = line.rstrip()
        heredoc = _HEREDOC.search(bare)
        assignment = None if heredoc else _ASSIGNMENT.fullmatch(bare)
        if assignment and not bare.endswith(_OPENING_BRACKETS):
            run.append(assignment)
            continue
        lines += _aligned(run)
        run = []
        if assignment:  # its value goes on in the next line, and it is aligned with nothing
            bare = _aligned([assignment])[0]
        marker = heredoc["marker"] if heredoc else None
        _append(lines, bare)
    return "\n".join([*lines, *_aligned(run)]).strip("\n") + "\n"


def _append(lines: list[str], line: str) -> None:
    last = lines[-1] if lines else ""
    if not line and (not last or last.endswith(_OPENING_BRACKETS)):
        return
    if line.lstrip()[:1] in (")", "]", "}") and lines and not last:
        lines.pop()
    lines.append(line)


def _aligned(run: list[re.Match[str]]) -> list[str]:
    width = max((len(assignment["lead"]) for assignment in run), default=0)
    return [f"{assignment['lead']:<{width}} = {assignment['value']}" for assignment in run]
