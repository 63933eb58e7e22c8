"""The items of a body by their lines: arguments, nested blocks and entries of objects, as templates write them.

A body is told by its lines, so that what is changed in one leaves every other line as it is.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.hcl.escapes import unescaped
from generator.hcl.structure import depth_change
from generator.hcl.tokens import Token, TokenKind, tokens

_DEEPER = {TokenKind.OPEN_HEREDOC: 1, TokenKind.CLOSE_HEREDOC: -1}
_SIGNS = (("=",), (":",))
_OPENING = ("{",)
_CLOSED_BY = {"{": "}", "[": "]", "(": ")"}
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}
_BRACKET = re.compile(r"[{}\[\]()]")

_PERHAPS = " ? [{"
"""The end of a line in which an object begins that a condition keeps or leaves out."""

_PLAIN_TEXT = re.compile(r'"(?:[^"\\$%]|\\.|[$%](?!\{)|\$\{[^"{}]*\})*"')
"""A text without quotes or braces within its expressions."""

_COMMENT = re.compile(r"(?:#|//).*")
_STRANGE = re.compile(r'"|<<|/\*|\*/')
"""What only a scanner of the whole text can tell the meaning of."""

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
    """The lines of a text, and how many brackets are open at the beginning of each. Raises `TokenError`.

    Where the look of each line tells what it opens and closes, only those lines are scanned of which more is asked. Of
    a thousand services, that takes a tenth of the time.
    """

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._scanned: list[list[tuple[Token, int]]] = []
        self._in_long_comment: set[int] = set()
        told = [brackets for line in self.lines if (brackets := _brackets_of(line))]
        if len(told) < len(self.lines):
            told = self._scan(text)
        self._depths = list(accumulate((brackets.change for brackets in told), initial=0))
        self._lowest = [depth + brackets.lowest for depth, brackets in zip(self._depths, told, strict=False)]

    def _scan(self, text: str) -> list[_Brackets]:
        """Read the tokens of the whole text, and return what each line opens and closes."""
        starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        within: list[list[Token]] = [[] for _ in self.lines]
        for token in tokens(text):
            index = bisect_right(starts, token.offset) - 1
            if token.kind is TokenKind.COMMENT:
                lines = token.text.count("\n")
                self._in_long_comment.update(range(index, index + lines + 1) if lines else ())
            elif token.kind is not TokenKind.NEWLINE:
                within[index].append(token)
        self._scanned = [list(_placed(line)) for line in within]
        return [_brackets(map(_change, line)) for line in within]

    def _tokens(self, index: int) -> list[tuple[Token, int]]:
        """Return the tokens of a line, and how many brackets are open around each."""
        line = self._scanned[index] if self._scanned else _tokens_of(self.lines[index])
        return [(token, self._depths[index] + depth) for token, depth in line]

    def items(self, first: int, end: int) -> Iterator[Item]:
        """Yield what stands in a body, given the index of its first line and of the one behind its last."""
        for index, behind in self._spans(first, end):
            if item := self._begun(index, behind):
                yield item

    def named(self, name: str, first: int, end: int) -> Iterator[Item]:
        """Yield those items of a body that have a name; of the lines without that word, nothing is read."""
        for index, behind in self._spans(first, end):
            if name in self.lines[index] and (item := self._begun(index, behind)) and item.name == name:
                yield item

    def is_plain(self, first: int, end: int) -> bool:
        """Tell whether a body's items, and the brace behind it, each begin in a line of their own, and have names."""
        depth = self._depths[first]
        closing = self._tokens(end)[:1]
        at_depth = [index for index in range(first, end) if self._lowest[index] <= depth]
        with_commas = [index for index in at_depth if "," in self.lines[index]]
        of_body = [[token for token, at in self._tokens(index) if at == depth] for index in with_commas]
        return (
            [(token.text, at) for token, at in closing] == [("}", depth - 1)]
            and all(self._lowest[index] == depth for index in at_depth)
            and not any(map(_is_comma, (token for line in of_body for token in line[:-1])))
            and not self._in_long_comment.intersection(range(first, end))
            and all(self._begun(index, behind) or not self._tokens(index) for index, behind in self._spans(first, end))
        )

    def objects(self, item: Item) -> Iterator[Item]:
        """Yield the objects of the list that is an item's value, each of which begins in a line of its own."""
        for index, behind in self._spans(item.first + 1, item.end - 1):
            if self.lines[index].strip() == "{" or self.lines[index].endswith(_PERHAPS):
                yield Item("", index, behind, is_block=False, value=_OPENING)

    def opens(self, item: Item) -> bool:
        """Tell whether an item's members stand in lines of their own, between the first and the last one."""
        inner = self._depths[item.first + 1]
        return (
            not item.is_one_line
            and not item.is_dynamic
            and item.value == _OPENING
            and [token.text for token, _ in self._tokens(item.end - 1) if not _is_comma(token)] == ["}"]
            and all(lowest >= inner for lowest in self._lowest[item.first + 1 : item.end - 1])
        )

    def elements(self, item: Item) -> list[str] | None:
        """Return what stands in the list that is an item's value, if that is one; without comments."""
        depth = self._depths[item.first]
        within = [one for index in range(item.first, item.end) for one in self._tokens(index)]
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
        of_line = self._scanned[index] if self._scanned else None
        begun = _begun_by(self.lines[index]) if of_line is None else _begin(of_line)
        return begun._replace(first=index, end=behind) if begun else None


@functools.lru_cache(maxsize=4096)
def _begun_by(line: str) -> Item | None:
    return _begin(_tokens_of(line))


def _begin(placed: Sequence[tuple[Token, int]]) -> Item | None:
    """Return what begins with the tokens of a line, as if that were the first; none where it has no name."""
    line = [token for token, _ in placed]
    name, width = _name(line)
    if name is None:
        return None
    if _texts(line[width : width + 1]) in _SIGNS:
        value = line[width + 1 : -1] if _is_comma(line[-1]) else line[width + 1 :]
        return Item(name, 0, 1, is_block=False, value=_texts(value))
    label, labels = _name(line[width:])
    is_dynamic = name == "dynamic" and label is not None
    opening = _texts(line[width + labels :])
    called = label if is_dynamic and label is not None else name
    return Item(called, 0, 1, True, is_dynamic, opening) if opening[:1] == _OPENING else None


def is_closed(text: str) -> bool:
    """Tell whether the look of lines tells that the bracket which the first one opens is closed in the last one."""
    told = [_brackets_of(line) for line in text.split("\n")]
    depths = list(accumulate((brackets.change for brackets in told if brackets), initial=0))
    return None not in told and depths[-1] == 0 and all(depth > 0 for depth in depths[1:-1])


class _Brackets(NamedTuple):
    """By how much a line changes the number of open brackets, and how far that falls within it."""

    change: int
    lowest: int


def _brackets(changes: Iterable[int]) -> _Brackets:
    depths = list(accumulate(changes, initial=0))
    return _Brackets(depths[-1], min(depths))


@functools.lru_cache(maxsize=65536)
def _brackets_of(line: str) -> _Brackets | None:
    """Return what a line opens and closes, if its look tells."""
    code = _COMMENT.sub("", _PLAIN_TEXT.sub("", line)) if '"' in line or "#" in line or "/" in line else line
    if _STRANGE.search(code):
        return None
    return _brackets(1 if sign in _CLOSED_BY else -1 for sign in _BRACKET.findall(code))


@functools.lru_cache(maxsize=4096)
def _tokens_of(line: str) -> list[tuple[Token, int]]:
    """Return the tokens of a line whose look tells what it opens and closes: the same as within its text.

    A scanner wants all that is open closed.
    """
    opened: list[str] = []
    closed: list[str] = []
    for sign in _BRACKET.findall(_COMMENT.sub("", _PLAIN_TEXT.sub("", line))):
        if sign in _CLOSED_BY:
            opened.append(_CLOSED_BY[sign])
        elif opened:
            opened.pop()
        else:
            closed.append(_OPENED_BY[sign])
    before, behind = "".join(reversed(closed)), "".join(reversed(opened))
    scanned = tokens(f"{before}{line}\n{behind}")
    own = (token for token in scanned if len(before) <= token.offset < len(before) + len(line))
    return list(_placed([token for token in own if token.kind is not TokenKind.COMMENT]))


def _placed(line: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Yield tokens with the number of brackets around each, counted from the beginning of the line."""
    depth = 0
    for token in line:
        change = _change(token)
        yield token, min(depth, depth + change)
        depth += change


def _change(token: Token) -> int:
    return _DEEPER.get(token.kind) or depth_change(token)


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
