"""What an argument's tokens stand for: literals as Python's own values, all else as the expression it is."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.hcl.structure import depth_change
from generator.hcl.tokens import Kind, Token

_CONSTANTS = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(r"\\([nrt\"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|([$%])\2\{")
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


@dataclass(frozen=True)
class Expression:
    """What is not a literal. `text` is its tokens with single spaces between them."""

    text: str
    tokens: Sequence[Token] = field(default=(), compare=False, repr=False)


Value: TypeAlias = "str | int | float | bool | Expression | list[Value] | dict[str, Value] | None"


def value_of(tokens: Sequence[Token]) -> Value:
    """Return the value of one expression. `jsonencode(x)` is read as x: what it encodes is what counts."""
    tokens = _without_line_ends(tokens)
    texts = [token.text for token in tokens]
    if len(tokens) == 1:
        return _of_one(tokens[0])
    if _is_plain_text(tokens):
        return unescaped("".join(texts[1:-1]))
    if wrapped := _wrapped(tokens):
        return value_of(wrapped)
    if texts[0] == "[" and _fills(tokens) and not _is_for_expression(tokens):
        return [value_of(item) for item in _split(tokens[1:-1], ends_at_lines=False)]
    if texts[0] == "{" and _fills(tokens):
        entries = [_entry(part) for part in _split(tokens[1:-1], ends_at_lines=True)]
        if all(entries):
            return dict(entry for entry in entries if entry)
    return Expression(" ".join(token.text for token in tokens if token.kind is not Kind.NEWLINE), tokens)


def unescaped(text: str) -> str:
    """Return the characters that quoted text without any template stands for."""
    return _ESCAPE.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    code, sign = escape.groups()
    if sign:
        return f"{sign}{{"
    if code in _CHARACTERS:
        return _CHARACTERS[code]
    number = int(code[1:], 16)
    return chr(number) if number <= sys.maxunicode else escape.group()  # Terraform refuses what is no character


def _of_one(token: Token) -> Value:
    if token.kind is Kind.NUMBER:
        return int(token.text) if token.text.isdecimal() else float(token.text)
    if token.kind is Kind.IDENT and token.text in _CONSTANTS:
        return _CONSTANTS[token.text]
    return Expression(token.text, (token,))


def _is_plain_text(tokens: Sequence[Token]) -> bool:
    kinds = [token.kind for token in tokens]
    return kinds in ([Kind.OPEN_QUOTE, Kind.CLOSE_QUOTE], [Kind.OPEN_QUOTE, Kind.QUOTED_TEXT, Kind.CLOSE_QUOTE])


def _wrapped(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return x of `jsonencode(x)`, and of `"${x}"`, which is x for Terraform too, of whatever type; else nothing."""
    texts = [token.text for token in tokens[:2]]
    if texts == ["jsonencode", "("] and _fills(tokens[1:]):
        return _without_line_ends(tokens[2:-1])
    if texts in (['"', "${"], ['"', "${~"]) and _fills(tokens[1:-1]):
        return _without_line_ends(tokens[2:-2])
    return ()


def _fills(tokens: Sequence[Token]) -> bool:
    """Tell whether the bracket that begins the tokens is closed by the last of them."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += depth_change(token)
        if depth == 0:
            return index == len(tokens) - 1
    return False


def _is_for_expression(tokens: Sequence[Token]) -> bool:
    inner = _without_line_ends(tokens[1:-1])
    return bool(inner) and inner[0].text == "for" and inner[0].kind is Kind.IDENT


def _split(tokens: Sequence[Token], ends_at_lines: bool) -> Iterator[Sequence[Token]]:
    depth = start = 0
    for index, token in enumerate(tokens):
        depth += depth_change(token)
        is_end = token.text == "," or (ends_at_lines and token.kind is Kind.NEWLINE)
        if depth == 0 and is_end and token.kind in (Kind.PUNCTUATION, Kind.NEWLINE):
            if _without_line_ends(tokens[start:index]):
                yield tokens[start:index]
            start = index + 1
    if _without_line_ends(tokens[start:]):
        yield tokens[start:]


def _entry(tokens: Sequence[Token]) -> tuple[str, Value] | None:
    """Return an object's entry, or nothing where its key is an expression."""
    tokens = _without_line_ends(tokens)
    signs = [i for i, token in enumerate(tokens) if token.text in ("=", ":") and token.kind is Kind.PUNCTUATION]
    name = tokens[: signs[0]] if signs else []
    if len(name) == 1 and name[0].kind is Kind.IDENT:
        key = name[0].text
    elif _is_plain_text(name):
        key = unescaped("".join(token.text for token in name[1:-1]))
    else:
        return None
    return key, value_of(tokens[signs[0] + 1 :])


def _without_line_ends(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens without the line ends before the first of the others and behind the last."""
    inner = [index for index, token in enumerate(tokens) if token.kind is not Kind.NEWLINE]
    return tokens[inner[0] : inner[-1] + 1] if inner else []
