"""What an argument's tokens stand for: literals as Python's own values, all else as the expression it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from generator.hcl.escapes import unescaped
from generator.hcl.numbers import number_of
from generator.hcl.structure import closings
from generator.hcl.tokens import Token, TokenKind

_CONSTANTS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Expression:
    """What is not a literal. `text` is its tokens with single spaces between them."""

    text: str
    tokens: Sequence[Token] = field(default=(), compare=False, repr=False)


Value: TypeAlias = "str | int | float | bool | Expression | list[Value] | dict[str, Value] | None"


def value_of(tokens: Sequence[Token]) -> Value:
    """Return the value of one expression. `jsonencode(x)` is read as x: what it encodes is what counts."""
    reader = _Reader(tokens)
    return reader.value(reader.trimmed(0, len(tokens)))


class _Span(NamedTuple):
    """Some tokens of an expression, by the index of the first and the one behind the last; neither is a line's end."""

    start: int
    end: int


class _Entry(NamedTuple):
    """An entry of an object, its value not yet read."""

    key: str
    value: _Span


class _Reader:
    """Reads values from tokens whose brackets match, and looks at none of them twice."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens, self._closings = tokens, closings(tokens)

    def value(self, span: _Span) -> Value:
        start, end = span
        if end - start == 1:
            return _of_one(self._tokens[start])
        if (text := self._plain_text(span)) is not None:
            return text
        if wrapped := self._wrapped(span):
            return self.value(wrapped)
        if self._texts(start) == ["["] and self._fills(start, end) and not self._is_for(start + 1):
            return [self.value(item) for item in self._items(start + 1, end - 1, ends_at_lines=False)]
        if self._texts(start) == ["{"] and self._fills(start, end):
            entries = [self._entry(item) for item in self._items(start + 1, end - 1, ends_at_lines=True)]
            if all(entries):
                return {entry.key: self.value(entry.value) for entry in entries if entry}
        tokens = self._tokens[start:end]
        return Expression(" ".join(token.text for token in tokens if token.kind is not TokenKind.NEWLINE), tokens)

    def _wrapped(self, span: _Span) -> _Span | None:
        """Return x of `jsonencode(x)` of a list or an object, and of `"${x}"`, which is x for Terraform too."""
        start, end = span
        if self._texts(start, 2) == ["jsonencode", "("] and self._fills(start + 1, end):
            inner = self.trimmed(start + 2, end - 1)
            return inner if self._is_of_members(inner) else None
        if self._texts(start, 2) in (['"', "${"], ['"', "${~"]) and self._fills(start + 1, end - 1):
            return self.trimmed(start + 2, end - 2)
        return None

    def _is_of_members(self, span: _Span) -> bool:
        """Tell whether an expression is written as a list or an object."""
        return self._texts(span.start) in (["["], ["{"]) and not self._is_for(span.start + 1)

    def _texts(self, start: int, number: int = 1) -> list[str]:
        return [token.text for token in self._tokens[start : start + number]]

    def _fills(self, opening: int, end: int) -> bool:
        """Tell whether a bracket is closed right before the end."""
        return self._closings.get(opening) == end - 1

    def _is_for(self, start: int) -> bool:
        while self._tokens[start].kind is TokenKind.NEWLINE:
            start += 1
        return self._tokens[start].kind is TokenKind.IDENT and self._tokens[start].text == "for"

    def _plain_text(self, span: _Span) -> str | None:
        """Return the characters of a text that is no template."""
        tokens = self._tokens[span.start : min(span.end, span.start + 4)]
        match [token.kind for token in tokens]:
            case [TokenKind.OPEN_QUOTE, TokenKind.CLOSE_QUOTE]:
                return ""
            case [TokenKind.OPEN_QUOTE, TokenKind.QUOTED_TEXT, TokenKind.CLOSE_QUOTE]:
                return unescaped(tokens[1].text)
        return None

    def _items(self, start: int, end: int, ends_at_lines: bool) -> Iterator[_Span]:
        """Yield what stands between commas, or else between line ends where these count, unless it is nothing."""
        spans = (self.trimmed(*ends) for ends in self._between_separators(start, end, ends_at_lines))
        return (span for span in spans if span.start < span.end)

    def _between_separators(self, start: int, end: int, ends_at_lines: bool) -> Iterator[tuple[int, int]]:
        index = start
        while index < end:
            token = self._tokens[index]
            is_comma = token.kind is TokenKind.PUNCTUATION and token.text == ","
            if is_comma or (ends_at_lines and token.kind is TokenKind.NEWLINE):
                yield start, index
                start = index + 1
            index = self._closings.get(index, index) + 1
        yield start, end

    def _entry(self, span: _Span) -> _Entry | None:
        """Return an object's entry, or nothing where its key is an expression."""
        start, end = span
        for sign in range(start + 1, min(start + 4, end)):
            token = self._tokens[sign]
            if token.kind is TokenKind.PUNCTUATION and token.text in ("=", ":"):
                key = self._key(_Span(start, sign))
                return None if key is None else _Entry(key, self.trimmed(sign + 1, end))
        return None

    def _key(self, span: _Span) -> str | None:
        first = self._tokens[span.start]
        if first.kind is TokenKind.IDENT and span.end == span.start + 1:
            return first.text
        return self._plain_text(span)

    def trimmed(self, start: int, end: int) -> _Span:
        """Return tokens without the line ends before the first of the others and behind the last."""
        while start < end and self._tokens[start].kind is TokenKind.NEWLINE:
            start += 1
        while start < end and self._tokens[end - 1].kind is TokenKind.NEWLINE:
            end -= 1
        return _Span(start, end)


def _of_one(token: Token) -> Value:
    if token.kind is TokenKind.NUMBER:
        number = number_of(token.text)
        if number is not None:
            return number
    if token.kind is TokenKind.IDENT and token.text in _CONSTANTS:
        return _CONSTANTS[token.text]
    return Expression(token.text, (token,))
