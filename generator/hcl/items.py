"""The items of a body by their lines: arguments, nested blocks and entries of objects, as templates write them.

A body is told by its lines, so that what is changed in one leaves every other line as it is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.structure import depth_change
from generator.hcl.tokens import TokenError, TokenKind, tokens

_ITEM = re.compile(rf'[ \t]*(?:(?P<name>{IDENTIFIER})|"(?P<quoted>[^"\n]*)")[ \t]*(?P<sign>[=:]?)')
_HEREDOC_KINDS = {TokenKind.OPEN_HEREDOC: 1, TokenKind.CLOSE_HEREDOC: -1}

_PLAIN_TEXT = re.compile(r'"(?:[^"\\$%]|\\.|[$%](?!\{)|\$\{[^"{}]*\})*"')
"""A text without quotes or braces within its expressions."""

_COMMENT = re.compile(r"(?:#|//).*")
_STRANGE = re.compile(r'"|<<|/\*|\*/')
"""What only a scanner can tell the meaning of."""


class Item(NamedTuple):
    """What begins in a line: its name, the index of that line and of the one behind it, and whether it is a block."""

    name: str
    first: int
    end: int
    is_block: bool

    @property
    def is_one_line(self) -> bool:
        return self.end == self.first + 1


class Lines:
    """The lines of a block, from the one that it begins in, and how many brackets are open before each.

    Of most lines, the text alone tells by how much that changes; of others a scanner does, which takes ten times as
    long. Raises `TokenError` where it finds no end of the block.
    """

    def __init__(self, lines: Sequence[str], first: int) -> None:
        changes = _changes_of_plain_lines(lines, first) or _scanned_changes(lines, first)
        self.lines = lines[first : first + len(changes)]
        self._depths = list(accumulate(changes, initial=0))

    def items(self, first: int, end: int) -> Iterator[Item]:
        """Yield what stands in a body, given the index of its first line and of the one behind its last."""
        index = first
        depth = self._depths[first]
        while index < end:
            begun = _ITEM.match(self.lines[index])
            behind = self._behind(index, depth, end)
            if begun and self._depths[index] == depth:
                name = begun["name"] if begun["name"] is not None else begun["quoted"]
                yield Item(name, index, behind, not begun["sign"])
            index = behind

    def objects(self, item: Item) -> Iterator[Item]:
        """Yield the objects of the list that is an item's value, each of which begins in a line of its own."""
        index = item.first + 1
        while index < item.end - 1:
            behind = self._behind(index, self._depths[index], item.end)
            if self.lines[index].strip() == "{":
                yield Item("", index, behind, is_block=False)
            index = behind

    def opens(self, item: Item) -> bool:
        """Tell whether an item's members stand in lines of their own, between the first and the last one."""
        closing = self.lines[item.end - 1].strip().rstrip(",")
        return not item.is_one_line and self.lines[item.first].rstrip().endswith("{") and closing == "}"

    def indent(self, index: int) -> str:
        line = self.lines[index]
        return line[: len(line) - len(line.lstrip())]

    def _behind(self, index: int, depth: int, end: int) -> int:
        """Return the index behind what begins in a line."""
        index += 1
        while index < end and self._depths[index] > depth:
            index += 1
        return index


class LineEdit(NamedTuple):
    """Lines that take the place of others, given the index of the first of these and of the one behind the last."""

    first: int
    end: int
    lines: tuple[str, ...]


def edited(lines: Sequence[str], edits: Sequence[LineEdit]) -> list[str]:
    """Return lines with edits, which are sorted and do not overlap."""
    found: list[str] = []
    index = 0
    for edit in edits:
        found += [*lines[index : edit.first], *edit.lines]
        index = edit.end
    return [*found, *lines[index:]]


def _changes_of_plain_lines(lines: Sequence[str], first: int) -> list[int]:
    """Return by how much each line of a block changes the number of open brackets; nothing if one is not plain."""
    changes: list[int] = []
    depth = 0
    for index in range(first, len(lines)):
        change = _change_of(lines[index])
        if change is None:
            break
        changes.append(change)
        depth += change
        if depth <= 0:
            return changes
    return []


@functools.lru_cache(maxsize=65536)
def _change_of(line: str) -> int | None:
    """Return by how much a line changes the number of open brackets, if its text alone tells."""
    code = _COMMENT.sub("", _PLAIN_TEXT.sub("", line)) if '"' in line or "#" in line or "/" in line else line
    if _STRANGE.search(code):
        return None
    return sum(map(code.count, "{[(")) - sum(map(code.count, "}])"))


def _scanned_changes(lines: Sequence[str], first: int) -> list[int]:
    """Return the same by the tokens of the block, which ends with the first line that leaves nothing open."""
    for end in range(first + 1, len(lines) + 1):
        if lines[end - 1].strip() == "}":
            try:
                return _changes_by_tokens(lines[first:end])
            except TokenError:
                continue  # this line closes a block within it, or stands in a heredoc
    raise TokenError(0, "the block does not end")


def _changes_by_tokens(lines: Sequence[str]) -> list[int]:
    changes = [0] * len(lines)
    ends = list(accumulate(len(line) + 1 for line in lines))
    index = 0
    for token in tokens("\n".join(lines)):
        while token.offset >= ends[index]:
            index += 1
        changes[index] += _HEREDOC_KINDS.get(token.kind) or depth_change(token)
    return changes
