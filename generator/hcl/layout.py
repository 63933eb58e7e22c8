"""The layout of generated text: `=` aligned and blank lines kept single, as `terraform fmt` leaves them.

Source: `formatCells` and `linesForFormat` in HashiCorp's `hclwrite/format.go`. Templates write their own indentation.
"""

from __future__ import annotations

import functools
import re

from generator.hcl.tokens import IDENTIFIER

_NAME = rf'[ ]*+(?:(?>{IDENTIFIER})|"(?:[^"\\\n]|\\.)*")'
_IS = r"[ ]*+=(?![=>])[ ]*+"
"""The sign of an attribute or of an entry of an object."""

_LINE = rf"{_NAME}{_IS}[^\n]++"
_GOES_ON, _ENDS = r"(?<=[(\[{])", r"(?<![(\[{])"
"""Behind a line whose value goes on in the next one, which is aligned with nothing, and behind any other."""

_RUN = re.compile(rf"\n{_LINE}(?:{_GOES_ON}|(?:\n{_LINE}{_ENDS})*)")
_ASSIGNMENT = re.compile(rf"\n(?P<name>{_NAME}){_IS}(?P<value>[^\n]+)")

_HEREDOC = re.compile(
    rf"^((?![ ]*(?:\#|//))[^\n]*<<-?(?P<marker>{IDENTIFIER})[^\S\n]*\n(?s:.*?)(?:^[^\S\n]*(?P=marker)[^\S\n]*$|\Z))",
    re.MULTILINE,
)

_BLANK_BEFORE_CLOSING = re.compile(r"\n\n(?=[ \t]*[)\]}])")


def laid_out(text: str) -> str:
    """Return the text with each run of assignments aligned and no line with trailing spaces.

    Blank lines stay single, and none follows an opening bracket or precedes a closing one.
    """
    text = f"\n{text}"  # so that each line begins behind a line feed, which a regular expression finds soonest
    # Every third piece is a heredoc with its first line, and the next is its marker.
    pieces = _HEREDOC.split(text) if "<<" in text else [text]
    pieces[::3] = map(_piece_laid_out, pieces[::3])
    pieces[1::3] = map(_heredoc_laid_out, pieces[1::3])
    del pieces[2::3]
    return "".join(pieces).strip("\n") + "\n"


def _heredoc_laid_out(heredoc: str) -> str:
    first, _, lines = heredoc.partition("\n")
    return f"{first.rstrip()}\n{lines}"


def _piece_laid_out(text: str) -> str:
    text = "\n".join(map(str.rstrip, text.split("\n")))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    for bracket in "([{":
        text = text.replace(f"{bracket}\n\n", f"{bracket}\n")
    text = _BLANK_BEFORE_CLOSING.sub("\n", text)
    return _RUN.sub(lambda run: _aligned(run.group()), text)


@functools.lru_cache(maxsize=4096)
def _aligned(run: str) -> str:
    assignments = _ASSIGNMENT.findall(run)
    width = max([len(name) for name, _ in assignments])
    return "".join([f"\n{name.ljust(width)} = {value}" for name, value in assignments])
