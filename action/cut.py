"""Cuts a report in Markdown to what GitHub takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LINE_END = re.compile(r"\r\n?|\n")
_OPENING = re.compile(r" {0,3}(?:`{3,}(?=[^`]*$)|~{3,})")
_CLOSING = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*$")
"""What ends a line, and what opens and closes a block of code. Source: CommonMark 0.31.2, 2.1 and 4.5."""


def cut(report: str, most: int, note: str, size: Callable[[str], int] = len) -> str:
    """Return a report, or as many of its first lines as fit into `most` together with a note below them.

    `size` measures a text, in the units of `most`. A block of code that the cut leaves open is closed. Lists and
    quotations of a report hold no such block, and none is looked for there.
    """
    if size(report) <= most:
        return report
    text = _LINE_END.sub("\n", report)
    room = most - size(f"\n{note}\n")
    kept, ending, position, used = 0, "", 0, 0
    for line, fence in _lines(text):
        position, used = position + len(line), used + size(line)
        if used > room:
            break
        closing = f"{fence}\n" if fence else ""
        if used + size(closing) <= room:
            kept, ending = position, closing
    return f"{text[:kept]}{ending}\n{note}\n"


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield each line with its end, and the fence of the block of code that is open behind it, if any is."""
    fence = ""
    for line in text.split("\n"):
        if not fence:
            opening = _OPENING.match(line)
            fence = opening[0] if opening else ""
        elif (closing := _CLOSING.match(line)) and closing[1].startswith(fence.strip()):
            fence = ""
        yield f"{line}\n", fence
