"""The shape of a line: what is left of it once names, plain texts, numbers and comments are taken out.

A parser decides by the kinds of tokens, not by what they say. So lines of one shape are the same tokens to it, and what
python-hcl2 says of a sample holds for all of them. Its dump looks into texts all the same: at templates, escapes, and
keys that are equal. Hence what is taken out holds nothing that it reads in more than one way, the texts and numbers of
a sample all differ, and types of blocks, names of arguments and keys of objects stay in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import NamedTuple

from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.references import referenced
from generator.hcl.structure import Code, closings
from generator.hcl.tokens import KEYWORD, TokenError, TokenKind, tokens

_NAME = rf"(?!{KEYWORD}|__)(?>{IDENTIFIER})"
_DOTTED = rf"{_NAME}(?:\.{_NAME}){{1,20}}+"
_CHARACTERS = r"""(?:
    [^"$%\\«»\n]++
    |\\(?:[nrt"\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})
    |[$%](?![$%{])
    |(?:\$\$|%%)\{[^"\\$%}«»\n]*+\}
    )"""
"""Characters of a text that mean the same to python-hcl2 wherever they stand within it."""

_NO_KEY = r'(?![ ]*[=:{]|[ ]")'
"""What is behind a quote of no key and no label."""

_STAYING = rf"{_NAME}[ ]*+=?[ ]*+"
"""A name, with the sign and the spaces behind it: to look for each of these takes as long as to look for a slot."""

_SLOT = re.compile(
    rf"""(?P<comment>^[ ]*+\#[^«»\n]*+$)
    |(?P<header>^{_NAME}(?:[ ]"{IDENTIFIER}")?)[ ]"(?P<label>{_NAME})"(?=[ ]\{{\}}?$)
    |(?P<beginning>^[ ]++(?:{_STAYING})?+)
    |(?P<kept>"[^"$%\\«»\n]*+"(?=[ ]*[=:{{]|[ ]")|(?<=[\w)\]]\[)"[^"$%\\«»\n]*+")
    |"(?P<text>{_CHARACTERS}*+)"{_NO_KEY}
    |"(?P<template>(?:{_CHARACTERS}|(?<!\\")\$\{{{_DOTTED}\}})*+)"{_NO_KEY}
    |\.(?P<name>{_NAME})
    |(?P<word>{_STAYING})
    |(?P<keyword>{KEYWORD})
    |(?P<number>(?<![\w.-])(?:0|[1-9][0-9]{{0,17}}+)(?![\w.]))
    |(?P<digits>[0-9]++)
    |(?P<strange>//|/\*|<<|[^ \n.=,:(){{}}\[\]?!<>+*/&|%-])""",
    re.VERBOSE | re.MULTILINE,
)

_MARKS = {
    "comment": "«comment»",
    "text": '"«text»"',
    "template": '"«template»"',
    "name": ".«name»",
    "number": "«number»",
    "strange": "«strange»",
}
_OF_SLOTS = frozenset(("label", "text", "template", "name", "number"))
_MARK = re.compile("«(?:text|template|name|number|label|comment)»")
_FILLINGS = {
    "«comment»": "# {0}",
    "«text»": "text {0}",
    "«template»": "text {0} ${{var.n{0}_}}",
    "«name»": "n{0}_",
    "«label»": "n{0}_",
    "«number»": "{0}",
}

_MOST_SLOTS = 1_000_000
"""Of a line: more than any has."""

_INTERPOLATED = re.compile(rf"(?<!\$)\$\{{({_DOTTED})\}}")
_BINDS_BEYOND = re.compile(r"(?<![\w.-])(?:dynamic|iterator|for(?=.*[(\[{]$))(?![\w-])")
"""Words that bind a name in other lines than their own."""

_BEGINNING = re.compile(rf'[ ]*+(?:{_NAME}|["{{(])')
_ARGUMENT = re.compile(rf"[ ]*+(?P<name>{_NAME})[ ]*+=(?!=)")
_BLOCK = re.compile(rf'[ ]*+{_NAME}(?:[ ]"(?:{IDENTIFIER}|«label»)")*+[ ]\{{\}}?')
_OTHERWISE = " : []"
_PERHAPS = re.compile(r"\? \[\{$")
"""The end of a line that opens an item which a condition keeps: the line that closes it says what is there else."""

_CLOSING = re.compile(rf"[ ]*+(?P<brackets>[)\]}}]++(?:{re.escape(_OTHERWISE)})?+),?")
_QUOTED = re.compile(r'"[^"]*"')
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


class Read(NamedTuple):
    """An address that a line refers to, as a `Reference` has it."""

    address: str
    attribute: str
    instances: str


class LineShape:
    """One shape of lines. `key` is a line of that shape, with a mark in place of each token that was taken out.

    `closed_by` closes the brackets that the line leaves open, and what a condition leaves open with them. `closes` is
    what it closes, if it is nothing else. One that is a gap is blank, or a comment.
    """

    def __init__(self, key: str, closed_by: str = "") -> None:
        self.key, self.closed_by = key, closed_by
        closing = _CLOSING.fullmatch(key)
        self.closes = closing["brackets"] if closing else ""
        self.is_gap = not key.strip() or key == "«comment»"

    @property
    def is_argument(self) -> bool:
        """Whether it begins as an argument does, or an entry of an object."""
        return _ARGUMENT.match(self.key) is not None

    @property
    def is_block(self) -> bool:
        """Whether it begins a block, or is one without anything in it."""
        return _BLOCK.fullmatch(self.key) is not None

    @property
    def may_follow_any(self) -> bool:
        """Whether its first token is the same to python-hcl2 whatever stands before, and it binds no name beyond it."""
        if self.is_gap or self.closes:
            return True
        return _BEGINNING.match(self.key) is not None and not _BINDS_BEYOND.search(self.key)

    def sample(self, number: int) -> str:
        """Return a line of this shape, in which each text and number is another one, also in lines of other numbers."""
        numbers = count(_MOST_SLOTS * (number + 1))
        return _MARK.sub(lambda mark: _FILLINGS[mark.group()].format(next(numbers)), self.key)

    def label(self, line: str) -> str:
        """Return the label of a line of this shape, if one is taken out."""
        return line.rsplit('"', 2)[1] if self._marks[:1] == ["«label»"] else ""

    def reads(self, line: str) -> Iterator[Read]:
        """Yield what a line of this shape refers to."""
        slots = self._slots(line)
        for address, attribute, instances in self._reads_form:
            yield Read(address.format(*slots), attribute.format(*slots), instances)
        for slot, mark in zip(slots, self._marks, strict=False):  # a line to the letter has no marks
            if mark == "«template»":
                for expression in _INTERPOLATED.findall(slot):
                    yield from _reads_of(expression)

    @cached_property
    def _marks(self) -> list[str]:
        return _MARK.findall(self.key)

    @cached_property
    def may_read(self) -> bool:
        """Whether a line of this shape may refer to something."""
        return bool(self._reads_form) or "«template»" in self._marks

    def _slots(self, line: str) -> Sequence[str]:
        """Return what stands in a line of this shape in place of the marks."""
        return [match[match.lastgroup or 0] for match in _SLOT.finditer(line) if match.lastgroup in _OF_SLOTS]

    @cached_property
    def _reads_form(self) -> list[Read]:
        """What it refers to beside its templates, with `{n}` in place of the n-th mark, as `str.format` takes it."""
        if "." not in self.key:
            return []
        fillings = iter(range(len(self._marks)))
        stem = "n" * (max(map(len, re.findall("n+", self.key)), default=0) + 1)
        words = _MARK.sub(lambda mark: _filled_for_reads(mark.group(), f"{stem}{next(fillings)}_"), self.key)
        return [
            Read(*(re.sub(rf"{stem}(\d+)_", r"{\1}", word.replace("{", "{{").replace("}", "}}")) for word in read))
            for read in _reads_in(f"{words}{self.closed_by}")
        ]


def _filled_for_reads(mark: str, name: str) -> str:
    return name if mark in ("«name»", "«label»") else "0"


@functools.lru_cache(maxsize=65536)
def _reads_of(expression: str) -> Sequence[Read]:
    return _reads_in(expression)


def _reads_in(line: str) -> Sequence[Read]:
    """Within parentheses, a line's tokens are those of an expression, whatever they make up."""
    return [Read(one.address, one.attribute, one.instances) for one in referenced(Code(f"x = (\n{line}\n)\n"))]


def shapes_of(lines: Iterable[str]) -> Mapping[str, LineShape | None]:
    """Return the shape of each line; nothing for one of which a shape could not be trusted.

    None is trusted with what cannot be seen in it, tabs included: that may be space to one reader of HCL, and the end
    of a line to another.
    """
    found: dict[str, LineShape | None] = dict.fromkeys(lines)
    seen = [line for line in found if line.isprintable()]
    keys = _SLOT.sub(_taken_out, "\n".join(seen)).split("\n") if seen else []
    for line, key in zip(seen, keys, strict=True):
        found[line] = _to_the_letter(line) if "«strange»" in key else _shape(key)
    return found


def _taken_out(match: re.Match[str]) -> str:
    group = match.lastgroup or ""
    if group == "label":
        return f'{match["header"]} "«label»"'
    return _MARKS.get(group) or match.group()


@functools.lru_cache(maxsize=65536)
def _shape(key: str) -> LineShape | None:
    """Return the shape of lines without anything strange."""
    is_closing = _CLOSING.fullmatch(key) is not None
    closed_by = "" if is_closing else _left_open(key)
    return None if closed_by is None else _trusted(LineShape(key, closed_by))


def shape_of_key(key: str) -> LineShape:
    """Return the shape that has a key; of a line to the letter, the key is the line."""
    return _shape(key) or LineShape(key)


def _to_the_letter(line: str) -> LineShape | None:
    """Return the shape that a line of stranger tokens has for itself alone, if its brackets match."""
    if "«" in line:
        return None
    try:
        scanned = tokens(f"(\n{line}\n)")
    except TokenError:
        return None
    is_whole = closings(scanned).get(0) == len(scanned) - 1
    is_strange = any(token.kind in (TokenKind.COMMENT, TokenKind.OPEN_HEREDOC) for token in scanned)
    return _trusted(LineShape(line)) if is_whole and not is_strange else None


def _trusted(shape: LineShape) -> LineShape | None:
    return shape if shape.may_follow_any else None


def _left_open(key: str) -> str | None:
    """Return what closes the brackets that a line leaves open; nothing where it closes one that it did not open."""
    closing: list[str] = []
    for character in _QUOTED.sub("", key):
        if character in _CLOSED_BY:
            closing.insert(0, _CLOSED_BY[character])
        elif character in ")]}" and (not closing or closing.pop(0) != character):
            return None
    closed_by = "".join(closing)
    return closed_by + _OTHERWISE if closed_by == "}]" and _PERHAPS.search(key) else closed_by
