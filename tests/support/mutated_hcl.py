"""Generated HCL with a few edits that a template's fault, or somebody who means harm, might make."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from generator.hcl.fragments import fragments_of
from tests.support.paths import RENDERED

_LONGEST = 1200
"""Characters of a block that is edited: python-hcl2 is asked about each whole text."""

BLOCKS = sorted(
    {block for file in RENDERED for block in fragments_of(file.read_text("utf-8")) if len(block) < _LONGEST}
)
_LINES = sorted({line for block in BLOCKS for line in block.split("\n")})
_TEXT = re.compile(r'"[^"]*"')
_VALUE = re.compile(r"(?<= = ).*")
_MEMBER = re.compile(r"\.\w+")

_PIECES = [
    *('"', '\\"', "${", "$${", "%{", "%%{", "}", "{", "[", "]", "(", ")", ",", " = ", ":", "?", "#", "//", "/*", "*/"),
    *("<<E", "$", "%", "\\", "\\\\", "~", "-", "- ", "!", "::", ".", "..", ".*", "[*]", "0", "1", "1.5", "1e3", "-1"),
    *("a", "var.a", "for", "in", "if", "null", "true", "__a", "for x in y : x", "a.for", '"a"', '"a" = ', "a = "),
    *(" ? 1 : 2", " + 1", " +", " && a", "é", "\u2028", "\u00a0", "\t", "\r", "«text»", "«", "${var.a}", "$$${a}"),
    *('\\"${var.a}', "$${a}", '${"a"}', '${var.a["b"]}', 'dynamic "x" {', '"${var.a}" = 1', "jsonencode(", "f("),
    *("merge(a, {", "<", ">=", "||", "...", "=>", "[for k, v in a : k => v]", "\\u0301", "\\u00e9", "%{ if a }"),
    *("<<-E\nE\n", "\n", "%{ endif }", "`", "'", ";", "&", "|", "^", "@", " "),
]
_PIECE = st.sampled_from(_PIECES)
_SHORT_TEXT = st.lists(_PIECE | st.text(max_size=3), max_size=6).map("".join)

Lines = list[str]


@st.composite
def mutated_texts(draw: st.DrawFn) -> str:
    """One or two blocks of generated text after one to three edits, ending with their last line."""
    lines = "".join(draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=2))).split("\n")
    for edit in draw(st.lists(st.sampled_from(_EDITS), min_size=1, max_size=3)):
        edit(draw, lines, draw(st.integers(0, len(lines) - 1)))
    return "\n".join(lines).rstrip("\n") + "\n"


def _insert(draw: st.DrawFn, lines: Lines, at: int) -> None:
    lines.insert(at, draw(st.sampled_from([*_LINES, *lines])))


def _remove(_: st.DrawFn, lines: Lines, at: int) -> None:
    if len(lines) > 1:
        lines.pop(at)


def _swap(draw: st.DrawFn, lines: Lines, at: int) -> None:
    other = draw(st.integers(0, len(lines) - 1))
    lines[at], lines[other] = lines[other], lines[at]


def _insert_piece(draw: st.DrawFn, lines: Lines, at: int) -> None:
    column = draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:column] + draw(_PIECE) + lines[at][column:]


def _remove_character(draw: st.DrawFn, lines: Lines, at: int) -> None:
    column = draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:column] + lines[at][column + 1 :]


def _toggle_comma(_: st.DrawFn, lines: Lines, at: int) -> None:
    lines[at] = lines[at].removesuffix(",") if lines[at].endswith(",") else f"{lines[at]},"


def _replace_texts(draw: st.DrawFn, lines: Lines, at: int) -> None:
    lines[at] = _TEXT.sub(lambda _: f'"{draw(_SHORT_TEXT)}"', lines[at])


def _replace_value(draw: st.DrawFn, lines: Lines, at: int) -> None:
    lines[at] = _VALUE.sub(lambda _: draw(_PIECE) + draw(_PIECE), lines[at])


def _replace_members(draw: st.DrawFn, lines: Lines, at: int) -> None:
    names = st.sampled_from(["a", "for", "null", "0", "__a", "b-c", "*"])
    lines[at] = _MEMBER.sub(lambda _: f".{draw(names)}", lines[at])


_EDITS: Sequence[Callable[[st.DrawFn, Lines, int], None]] = [
    _insert,
    _remove,
    _swap,
    _insert_piece,
    _remove_character,
    _toggle_comma,
    _replace_texts,
    _replace_texts,
    _replace_value,
    _replace_members,
]
