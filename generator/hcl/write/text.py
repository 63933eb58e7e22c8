"""Catalogue text as HCL: literals quoted, each `${...}` an expression, `$${` and `%%{` the characters themselves.

What has to be escaped, and why, is measured against Terraform 1.11: see `docs/architecture.md`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.errors import Rejection, visible
from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.proof.proof import is_expression
from generator.hcl.tokens import KEYWORD, Token, TokenError, TokenKind, interpolation
from generator.hcl.write.composed import check_behind_expression, uncomposed
from generator.hcl.write.expression import nests_too_deeply, one_line_hazard, spaced


class Literal(NamedTuple):
    """Characters that stand for themselves."""

    value: str


class WrittenExpression(NamedTuple):
    """An expression of Terraform's language, spaced as `terraform fmt` would: bare, and within quotes."""

    bare: str
    template: str

    @property
    def closing(self) -> str:
        """What closes it within quotes."""
        return "~}" if self.template.endswith("~}") else "}"


Part = Literal | WrittenExpression


_PLAIN = re.compile(r"[ !#&-\[\]-~]*")
"""Text that is the same within quotes: ASCII that can be seen, without the signs that mean something there."""

_ADDRESS = re.compile(rf"\$\{{(?P<address>(?!{KEYWORD})[a-z_]+(?:\.(?!{KEYWORD}){IDENTIFIER}){{1,20}})\}}")
"""An expression that is nothing but some names, as most are: it needs no parser, and no other spaces."""

_SPECIAL = re.compile(r"\$\$\{|%%\{|\$\{|%\{")
_SHELL = re.compile(r"\$\{[A-Za-z_]\w*(?::?[-+?=#%/^,@]|[#%/^,@])")
"""A variable of a shell with what it does with it: `${NAME:-default}`."""

_OF_A_SHELL = "it is a shell's: write `$${` for the characters themselves, or an expression of Terraform"
_MEND = "fix the expression, or write `$${` for the characters themselves"

_BARE_KEY = re.compile(IDENTIFIER)
_CHARACTER_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

_TEMPLATE_OPENING = re.compile(r"(?P<before>[$%]?)(?P<sign>[$%])\{")
"""Where a literal would open a template, and whether another sign stands before it."""


@functools.lru_cache(maxsize=65536)
def parts(text: str) -> tuple[Part, ...]:
    """Split catalogue text at its expressions. Raises `Rejection`."""
    found: list[Part] = []
    literal: list[str] = []
    offset = 0
    while match := _SPECIAL.search(text, offset):
        literal.append(text[offset : match.start()])
        if match.group() in ("$${", "%%{"):
            literal.append(match.group()[1:])
            offset = match.end()
        else:
            expression, offset = _expression(text, match)
            found += [*_literals(literal), expression]
            literal = []
    found += _literals([*literal, text[offset:]])
    _check_joints(found)
    return tuple(found)


def interpolations(text: str) -> Iterator[list[Token]]:
    """Yield the tokens of each `${...}` of catalogue text, up to the first that does not parse."""
    offset = 0
    while match := _SPECIAL.search(text, offset):
        offset = match.end()
        if match.group() == "${":
            try:
                tokens = interpolation(text, match.start())
            except TokenError:
                return
            yield tokens
            offset = tokens[-1].offset + len(tokens[-1].text)


@functools.lru_cache(maxsize=65536)
def hcl_text(text: str) -> str:
    """Return catalogue text as an HCL expression: quoted, or bare where it is exactly one `${...}`.

    Raises `Rejection`.
    """
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    if (expression := whole_expression(text)) is not None:
        return expression
    pieces = parts(text)
    followers = (*pieces[1:], None)
    return '"' + "".join(_in_quotes(piece, after) for piece, after in zip(pieces, followers, strict=False)) + '"'


def whole_expression(text: str) -> str | None:
    """Return the expression of a text that is exactly one `${...}`. Raises `Rejection` where it begins with one."""
    if not text.startswith("${"):
        return None
    first, *others = parts(text) or (None,)
    return first.bare if isinstance(first, WrittenExpression) and not others else None


def up_to(text: str, mark: str) -> str | None:
    """Return catalogue text up to the first mark outside of its expressions; none where there is none.

    Raises `Rejection`.
    """
    offset = 0
    while match := _SPECIAL.search(text, offset):
        if mark in text[offset : match.start()]:
            break
        offset = _expression(text, match)[1] if match.group() == "${" else match.end()
    place = text.find(mark, offset)
    return text[:place] if place >= 0 else None


def hcl_key(text: str) -> str:
    """Return an object key: bare where it is an identifier, else quoted, with nothing in it interpolated.

    A bare `for` would begin a `for` expression.
    """
    return text if _BARE_KEY.fullmatch(text) and text != "for" else f'"{_escaped(text)}"'


def verbatim(characters: str) -> str:
    """Return catalogue text that stands for just these characters: nothing in it opens an expression."""
    return characters.replace("${", "$${").replace("%{", "%%{")


def is_plain(text: str) -> bool:
    """Tell whether catalogue text opens nothing: no expression, no directive, and no sign that stands for one."""
    return "{" not in text


def is_literal(text: str) -> bool:
    """Tell whether catalogue text holds no expression. Raises `Rejection`."""
    return not any(isinstance(part, WrittenExpression) for part in parts(text))


def _expression(text: str, opening: re.Match[str]) -> tuple[WrittenExpression, int]:
    if opening.group() == "%{":
        raise Rejection("`%{` would start a template directive", "write `%%{` for the characters themselves")
    if address := _ADDRESS.match(text, opening.start()):
        return WrittenExpression(address["address"], address.group()), address.end()
    try:
        tokens = interpolation(text, opening.start())
    except TokenError as error:
        remedy = _OF_A_SHELL if _SHELL.match(text, opening.start()) else _MEND
        raise Rejection(f"{_excerpt(text[opening.start() :])} does not parse: {error.what}", remedy) from None
    end = tokens[-1].offset + len(tokens[-1].text)
    whole = text[opening.start() : end]
    return _checked(whole, stands_alone=whole == text), end


@functools.lru_cache(maxsize=65536)
def _checked(whole: str, stands_alone: bool) -> WrittenExpression:
    """Return the expression in `${...}`, once python-hcl2 takes it bare, and within quotes if it stands there."""
    tokens = interpolation(whole, 0)
    hazard = one_line_hazard(tokens)
    if hazard:
        raise Rejection(f"{_excerpt(whole)} contains {hazard}", "write the expression in one line, without it")
    if nests_too_deeply(tokens):
        raise Rejection(f"{_excerpt(whole)} nests too deeply", "write a flatter expression")
    for _, rejection in uncomposed(tokens):
        raise rejection
    tokens = _unwrapped(whole, tokens)
    expression = WrittenExpression(spaced(tokens[1:-1]), spaced(tokens))
    if not (is_expression(expression.bare) and (stands_alone or is_expression(f'"{expression.template}"'))):
        raise Rejection(f"{_excerpt(whole)} does not parse", _remedy(whole))
    return expression


def _remedy(whole: str) -> str:
    return _OF_A_SHELL if _SHELL.match(whole) else "write one Terraform expression between the braces"


def _check_joints(found: Sequence[Part]) -> None:
    for before, after in pairwise(found):
        if isinstance(before, WrittenExpression) and isinstance(after, Literal):
            check_behind_expression(after.value, before.closing)


def _unwrapped(text: str, tokens: list[Token]) -> list[Token]:
    """`terraform fmt` takes a template that is nothing but one expression for that expression."""
    kinds = [token.kind for token in tokens[1:3]]
    if kinds == [TokenKind.OPEN_QUOTE, TokenKind.OPEN_TEMPLATE] and tokens[2].text.startswith("$"):
        inner = interpolation(text, tokens[2].offset)
        fills_the_quotes = len(inner) == len(tokens) - 4
        return _unwrapped(text, inner) if fills_the_quotes else tokens
    return tokens


def _literals(pieces: list[str]) -> list[Part]:
    value = "".join(pieces)
    return [Literal(value)] if value else []


def _in_quotes(part: Part, after: Part | None) -> str:
    if isinstance(part, WrittenExpression):
        return part.template
    # A `$` right before an interpolation would make it read as the escape `$${`.
    if isinstance(after, WrittenExpression) and part.value[-1] in "$%":
        return _escaped(part.value[:-1]) + _by_number(part.value[-1])
    return _escaped(part.value)


def _escaped(value: str) -> str:
    characters = "".join(_character(character) for character in value)
    last_brace = characters.rfind("}")
    return _TEMPLATE_OPENING.sub(lambda opening: _escaped_opening(opening, last_brace), characters)


def _escaped_opening(opening: re.Match[str], last_brace: int) -> str:
    """A sign is escaped by doubling it, as anyone would, but by its number where that is not read by all alike.

    Python-hcl2 wants a closing brace behind it, and Terraform reads `$$${` in another way.
    """
    before, sign = opening["before"], opening["sign"]
    if before or opening.end() > last_brace:
        return f"{before}{_by_number(sign)}{{"
    return f"{sign}{sign}{{"


def _character(character: str) -> str:
    """What cannot be seen is written as its number, so that a reviewer sees it."""
    if character in _CHARACTER_ESCAPES:
        return _CHARACTER_ESCAPES[character]
    return character if character.isprintable() else _by_number(character)


def _by_number(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _excerpt(text: str) -> str:
    return f"`{visible(text)}`"
