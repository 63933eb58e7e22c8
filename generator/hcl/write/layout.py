"""The layout of generated text: `=` aligned and blank lines kept single, as `terraform fmt` leaves them.

Source: `formatCells` and `linesForFormat` in HashiCorp's `hclwrite/format.go`. Templates write their own indentation.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.tokens import WORD, TokenError, end_of_heredoc

_NAME = rf'[ ]*+(?:(?>{IDENTIFIER})|"(?:[^"\\\n]|\\.)*")'
_IS = r"[ ]*+=(?![=>])[ ]*+"
"""The sign of an attribute or of an entry of an object."""

_LINE = rf"{_NAME}{_IS}[^\n]++"
_GOES_ON, _ENDS = r"(?<=[(\[{])", r"(?<![(\[{])"
"""Behind a line whose value goes on in the next one, which is aligned with nothing, and behind any other."""

_RUN = re.compile(rf"\n{_LINE}(?:{_GOES_ON}|(?:\n{_LINE}{_ENDS})*)")
_ASSIGNMENT = re.compile(rf"\n(?P<name>{_NAME}){_IS}(?P<value>[^\n]+)")

_HEREDOC_LINE = re.compile(rf"^(?![ ]*(?:\#|//))[^\n]*<<-?(?P<marker>{WORD})[^\S\n]*\n", re.MULTILINE)
"""The line in which a heredoc begins; no comment."""

_BLANK_BEFORE_CLOSING = re.compile(r"\n\n(?=[ \t]*[)\]}])")


def laid_out(text: str) -> str:
    """Return the text with each run of assignments aligned and no line with trailing spaces.

    Blank lines stay single, and none follows an opening bracket or precedes a closing one.
    """
    text = f"\n{text}"  # so that each line begins behind a line feed, which a regular expression finds soonest
    laid = "".join(_pieces(text)) if "<<" in text else _without_heredocs(text)
    return laid.strip("\n") + "\n"


def _pieces(text: str) -> Iterator[str]:
    """Yield the heredocs, each with the line in which it begins, and laid out what stands between them."""
    start = 0
    while line := _HEREDOC_LINE.search(text, start):
        yield _without_heredocs(text[start : line.start()])
        yield f"{line.group().rstrip()}\n"
        start = _end_of_heredoc(text, line)
        yield text[line.end() : start]
    yield _without_heredocs(text[start:])


def _end_of_heredoc(text: str, first_line: re.Match[str]) -> int:
    """One that does not end is not Terraform's language, and so left alone."""
    try:
        return end_of_heredoc(text, first_line.end(), first_line["marker"])
    except TokenError:
        return len(text)


def _without_heredocs(text: str) -> str:
    text = "\n".join(map(str.rstrip, text.split("\n")))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    for bracket in "([{":
        text = text.replace(f"{bracket}\n\n", f"{bracket}\n")
    text = _BLANK_BEFORE_CLOSING.sub("\n", text)
    return _RUN.sub(lambda run: _aligned(run.group()), text)


@functools.lru_cache(maxsize=65536)
def _aligned(run: str) -> str:
    assignments = _ASSIGNMENT.findall(run)
    width = max([len(name) for name, _ in assignments])
    return "".join([f"\n{name.ljust(width)} = {value}" for name, value in assignments])
