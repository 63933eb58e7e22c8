"""Unicode's composed form (NFC), into which Terraform brings every text: é is one character, no e with an accent.

Source: `NormalizeString` in https://github.com/zclconf/go-cty/blob/main/cty/value_init.go
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator

from generator.errors import Rejection
from generator.hcl.escapes import unescaped
from generator.hcl.tokens import WHITE_SPACE, Token, TokenKind

_AROUND = 20
"""Characters that are told of a text on each side of a place."""


def is_composed(text: str) -> bool:
    """Tell whether Terraform reads a text as these characters and no others."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def check_composed(text: str) -> None:
    """Raise `Rejection` where Terraform would read other characters."""
    if is_composed(text):
        return
    composed = unicodedata.normalize("NFC", text)
    place = next((i for i, (one, other) in enumerate(zip(text, composed, strict=False)) if one != other), len(composed))
    excerpt = text[max(place - _AROUND, 0) : place + _AROUND]
    what = f"Terraform reads {json.dumps(excerpt)} as {json.dumps(unicodedata.normalize('NFC', excerpt))}"
    raise Rejection(what, "write it in that form, which is Unicode's composed form (NFC)")


def uncomposed(tokens: Iterable[Token]) -> Iterator[tuple[Token, Rejection]]:
    """Yield each text among tokens that Terraform would read as another one, and what is wrong with it."""
    before = Token(TokenKind.NEWLINE, "", 0)
    for token in tokens:
        if token.kind in (TokenKind.QUOTED_TEXT, TokenKind.HEREDOC_TEXT):
            text = unescaped(token.text) if token.kind is TokenKind.QUOTED_TEXT else token.text
            try:
                check_composed(text)
                if before.kind is TokenKind.CLOSE_TEMPLATE:
                    check_behind_expression(text, before.text)
            except Rejection as rejection:
                yield token, rejection
        before = token


def check_behind_expression(text: str, closing: str) -> None:
    """Raise `Rejection` where Terraform may make a text's first character one with what an expression ends with.

    It composes a text once more when the expressions in it are known. `closing` is what closes the expression: `~}`
    takes the white space behind it away.
    """
    text = text.lstrip(WHITE_SPACE) if closing == "~}" else text
    if begins_with_a_mark(text):
        what = f"Terraform makes one character of U+{ord(text[0]):04X} and the end of the expression before it"
        raise Rejection(what, "put another character between them")


def begins_with_a_mark(text: str) -> bool:
    """Tell whether a text's first character may become one with what stands before it."""
    first = text[:1]
    return unicodedata.category(first or " ").startswith("M") or "\u1161" <= first <= "\u11c2"  # parts of Hangul
