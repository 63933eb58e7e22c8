"""The items of a body by their lines: arguments, nested blocks and entries of objects, as templates write them.

A body is told by its lines, so that what is changed in one leaves every other line as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.hcl.escapes import unescaped
from generator.hcl.structure import depth_change
from generator.hcl.tokens import Token, TokenKind, tokens

_DEEPER = {TokenKind.OPEN_HEREDOC: 1, TokenKind.CLOSE_HEREDOC: -1}
_SIGNS = (("=",), (":",))
_OPENING = ("{",)
_QUOTED = [TokenKind.OPEN_QUOTE, TokenKind.QUOTED_TEXT, TokenKind.CLOSE_QUOTE]


class Item(NamedTuple):
    """What begins in a line: its name, the index of that line and of the one behind it, and whether it is a block.

    The name of a `dynamic` block is that of the blocks that it makes. `value` are the tokens of its first line behind
    the name and its sign, without a comma at its end.
    """

    name: str
    first: int
    end: int
    is_block: bool
    is_dynamic: bool = False
    value: tuple[str, ...] = ()

    @property
    def is_one_line(self) -> bool:
        return self.end == self.first + 1

    @property
    def text(self) -> str | None:
        """The text that is its value, if that is one in quotes without templates."""
        is_text = self.is_one_line and len(self.value) == len(_QUOTED) and self.value[0] == self.value[-1] == '"'
        return unescaped(self.value[1]) if is_text else None

    @property
    def begins_an_object(self) -> bool:
        """Whether its value begins as an object with members does; it may be a block."""
        return self.is_block or (self.value[:1] == _OPENING and self.value != (*_OPENING, "}"))


class Lines:
    """The lines of a text, and how many brackets are open at the beginning of each. Raises `TokenError`."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._tokens: list[list[tuple[Token, int]]] = [[] for _ in self.lines]
        self._in_long_comment: set[int] = set()
        changes = [0] * (len(self.lines) + 1)
        starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        depth = 0
        for token in tokens(text):
            index = bisect_right(starts, token.offset) - 1
            if token.kind is TokenKind.COMMENT:
                lines = token.text.count("\n")
                self._in_long_comment.update(range(index, index + lines + 1) if lines else ())
            elif token.kind is not TokenKind.NEWLINE:
                change = _DEEPER.get(token.kind) or depth_change(token)
                self._tokens[index].append((token, min(depth, depth + change)))
                depth += change
                changes[index] += change
        self._depths = list(accumulate(changes, initial=0))

    def items(self, first: int, end: int) -> Iterator[Item]:
        """Yield what stands in a body, given the index of its first line and of the one behind its last."""
        for index, behind in self._spans(first, end):
            if item := self._begun(index, behind):
                yield item

    def is_plain(self, first: int, end: int) -> bool:
        """Tell whether a body's items, and the brace behind it, each begin in a line of their own, and have names."""
        depth = self._depths[first]
        closing = self._tokens[end][:1]
        of_body = [[token for token, at in self._tokens[index] if at == depth] for index in range(first, end)]
        return (
            [(token.text, at) for token, at in closing] == [("}", depth - 1)]
            and min([at for index in range(first, end) for _, at in self._tokens[index]], default=depth) == depth
            and not any(map(_is_comma, (token for line in of_body for token in line[:-1])))
            and not self._in_long_comment.intersection(range(first, end))
            and all(not self._tokens[index] or self._begun(index, behind) for index, behind in self._spans(first, end))
        )

    def objects(self, item: Item) -> Iterator[Item]:
        """Yield the objects of the list that is an item's value, each of which begins in a line of its own."""
        for index, behind in self._spans(item.first + 1, item.end - 1):
            if self.lines[index].strip() == "{":
                yield Item("", index, behind, is_block=False, value=_OPENING)

    def opens(self, item: Item) -> bool:
        """Tell whether an item's members stand in lines of their own, between the first and the last one."""
        inner = self._depths[item.first + 1]
        return (
            not item.is_one_line
            and not item.is_dynamic
            and item.value == _OPENING
            and [token.text for token, _ in self._tokens[item.end - 1] if not _is_comma(token)] == ["}"]
            and all(at >= inner for index in range(item.first + 1, item.end - 1) for _, at in self._tokens[index])
        )

    def elements(self, item: Item) -> list[str] | None:
        """Return what stands in the list that is an item's value, if that is one; without comments."""
        depth = self._depths[item.first]
        within = [one for index in range(item.first, item.end) for one in self._tokens[index]]
        opening = next((index for index, (token, _) in enumerate(within) if token.text == "["), 0)
        if item.value[:1] != ("[",) or [at for _, at in within[opening:]].count(depth) != len("[]"):
            return None
        found = [""]
        for token, at in within[opening + 1 : -1]:
            if _is_comma(token) and at == depth + 1:
                found.append("")
            else:
                found[-1] += token.text
        return [text for text in found if text]

    def indent(self, index: int) -> str:
        line = self.lines[index]
        return line[: len(line) - len(line.lstrip())]

    def _spans(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the index of each line in which something may begin, and of the one behind it."""
        index = first
        while index < end:
            behind = index + 1
            while behind < end and self._depths[behind] > self._depths[first]:
                behind += 1
            yield index, behind
            index = behind

    def _begun(self, index: int, behind: int) -> Item | None:
        """Return what begins in a line; none where that has no name."""
        line = [token for token, _ in self._tokens[index]]
        name, width = _name(line)
        if name is None:
            return None
        if _texts(line[width : width + 1]) in _SIGNS:
            value = line[width + 1 : -1] if _is_comma(line[-1]) else line[width + 1 :]
            return Item(name, index, behind, is_block=False, value=_texts(value))
        label, labels = _name(line[width:])
        is_dynamic = name == "dynamic" and label is not None
        opening = _texts(line[width + labels :])
        called = label if is_dynamic and label is not None else name
        return Item(called, index, behind, True, is_dynamic, opening) if opening[:1] == _OPENING else None


def _texts(of: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.text for token in of)


def _is_comma(token: Token) -> bool:
    return token.kind is TokenKind.PUNCTUATION and token.text == ","


def _name(line: Sequence[Token]) -> tuple[str | None, int]:
    """Return the name that a line begins with, if it does, and of how many tokens it is made."""
    if line and line[0].kind in (TokenKind.IDENT, TokenKind.NUMBER):
        return line[0].text, 1
    if [token.kind for token in line[:3]] == _QUOTED:
        return unescaped(line[1].text), len(_QUOTED)
    return None, 0


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
