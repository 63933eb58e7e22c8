"""Markdown in which a text of any author shows as it is, and does nothing else.

Such a text is always code. GitHub makes no mention, reference, link, emoji or formula of what is code, and HTML and
entities are their characters there. Source: the GitHub Flavored Markdown Spec, "Code spans" and "Fenced code blocks",
and GitHub's documentation, "Basic writing and formatting syntax", "Quoting code".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.errors import listed, printable, visible

_LONGEST = 1000
"""Characters that are shown of a text, or of a line of a file."""

_FENCE = "```"

_ENDS_A_FENCE = re.compile("`{3,}")
"""A longer fence would not help: cmark-gfm counts no more than 255 backticks of one. Source: its `src/blocks.c`."""

_ACTS_WITHIN_CODE = re.compile(r"`|\[(?=[xX]\])")
"""A backtick ends the code, or begins a formula with a `$` beside it. `[x]` checks the box of the item that it is in.

Sources: GitHub's documentation, "Writing mathematical expressions"; `extensions/tasklist.c` of cmark-gfm, which looks
for `[x]` in the whole line.
"""

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""What takes no room although Python calls it printable.

Source: the property `Default_Ignorable_Code_Point` in Unicode's `DerivedCoreProperties.txt`.
"""


class Markdown(str):
    """Markdown that tfgen's own source holds, with the texts of others in it made safe.

    Whatever is done to it but `format` gives an ordinary text, which is code again where it is shown.
    """

    __slots__ = ()

    def format(self, *values: object) -> Markdown:  # type: ignore[override] # no pattern needs a name for a value
        """Return it with values in place of its `{}`, each as `shown` shows it."""
        return Markdown(super().format(*map(shown, values)))


def shown(value: object) -> Markdown:
    """Return a value as Markdown: a text as code, a number as it is, and `None` as the word for it."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, int):
        return Markdown(value)
    return Markdown("none") if value is None else _code(str(value))


def words(own: str) -> Markdown:
    """Return words of tfgen's own, which no author has chosen, as they are."""
    return Markdown(own)


def prose(values: Iterable[object], conjunction: str = "and") -> Markdown:
    """Return values as prose: a, b and c."""
    return Markdown(listed([shown(value) for value in values], conjunction))


def enumerated(values: Iterable[object]) -> Markdown:
    """Return values one behind the other: a, b, c."""
    return Markdown(", ".join(map(shown, values)))


def row(*cells: object) -> Markdown:
    """Return a row of a table. A `|` ends a cell even within code, unless a backslash stands before it."""
    escaped = (shown(cell).replace("|", r"\|") for cell in cells)
    return Markdown(f"| {' | '.join(escaped)} |")


def fenced(lines: Iterable[str], language: str = "") -> Markdown:
    """Return lines as a block of code."""
    return _block((visible(line, _LONGEST) for line in lines), language)


def script(commands: Iterable[str]) -> Markdown:
    """Return commands as a block of code. None is cut off: what is left of it would be another command."""
    return _block(commands, "bash")


def line_of_code(text: str) -> str:
    """Return text as a line of a block of code: what cannot be seen, or ends the block, is given by its numbers."""
    return _ENDS_A_FENCE.sub(_numbers, _seen(text))


def _code(text: str) -> Markdown:
    inner = _ACTS_WITHIN_CODE.sub(_numbers, _seen(visible(text, _LONGEST)))
    pad = "" if inner and inner == inner.strip() else " "
    return Markdown(f"`{pad}{inner}{pad}`")


def _block(lines: Iterable[str], language: str) -> Markdown:
    return Markdown("\n".join([f"{_FENCE}{language}", *map(line_of_code, lines), _FENCE]))


def _seen(text: str) -> str:
    return _UNSEEN.sub(_numbers, printable(text))


def _numbers(found: re.Match[str]) -> str:
    return "".join(rf"\x{ord(c):02x}" if c.isascii() else c.encode("unicode_escape").decode() for c in found.group())
