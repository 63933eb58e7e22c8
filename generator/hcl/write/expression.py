"""One expression of Terraform's language: that it is one, and how `terraform fmt` would space it.

Source for the spacing: `spaceAfterToken` in HashiCorp's `hclwrite/format.go`, which `terraform fmt` applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from generator.hcl.tokens import Token, TokenKind

_NOT_IN_ONE_LINE = {
    TokenKind.NEWLINE: "a line break",
    TokenKind.COMMENT: "a comment",
    TokenKind.OPEN_HEREDOC: "a heredoc",
}

_NEGATES_AFTER = frozenset(
    ("(", "{", "[", "=", ":", ",", "?", "+", "*", "/", "%", "-", "==", "!=", ">", ">=", "<", "<=", "&&", "||", "!")
)
"""What a minus behind it cannot be subtracted from."""

_ABUTS_BEHIND = (TokenKind.QUOTED_TEXT, TokenKind.OPEN_QUOTE)
_ABUTS_BEFORE = (TokenKind.QUOTED_TEXT, TokenKind.CLOSE_QUOTE)
_NAME_OR_NUMBER = (TokenKind.IDENT, TokenKind.NUMBER)


MOST_TOKENS = 500
"""How long an expression may be; python-hcl2 goes down a chain of operators by recursion."""

MOST_BRACKETS = 50
"""How deep an expression may nest; python-hcl2 runs out of stack at a few hundred."""


def nests_too_deeply(tokens: Sequence[Token]) -> bool:
    """Tell whether an expression is longer, or more brackets in it are open at once, than any of a person's."""
    return (
        len(tokens) > MOST_TOKENS
        or max(accumulate(_opens(token) - _closes(token) for token in tokens), default=0) > MOST_BRACKETS
    )


def one_line_hazard(tokens: Sequence[Token]) -> str | None:
    """Name what keeps an expression from standing on one line of generated text, if anything does."""
    return next((_NOT_IN_ONE_LINE[token.kind] for token in tokens if token.kind in _NOT_IN_ONE_LINE), None)


def spaced(tokens: Sequence[Token]) -> str:
    """Return the tokens of one line as `terraform fmt` would write them."""
    written: list[str] = []
    before: Token | None = None
    for index, token in enumerate(tokens):
        written.append(token.text)
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and _space_between(before, token, after):
            written.append(" ")
        before = token
    return "".join(written)


def _space_between(before: Token | None, token: Token, after: Token) -> bool:
    """The order of the cases is that of `spaceAfterToken`: the first that applies decides."""
    for rule in (_names_and_separators, _templates, _brackets_of_index, _signs, _braces, _other_brackets):
        decision = rule(before, token, after)
        if decision is not None:
            return decision
    return True


def _names_and_separators(_: Token | None, token: Token, after: Token) -> bool | None:
    is_call = token.kind is TokenKind.IDENT and after.text == "("
    is_namespace = "::" in (token.text, after.text)
    is_attribute = _is(token, ".") or _is(after, ".")
    if is_call or is_namespace or is_attribute or _is(after, ",") or _is(after, "..."):
        return False
    return True if _is(token, ",") else None


def _templates(_: Token | None, token: Token, after: Token) -> bool | None:
    return False if token.kind in _ABUTS_BEHIND or after.kind in _ABUTS_BEFORE else None


def _brackets_of_index(before: Token | None, token: Token, after: Token) -> bool | None:
    if token.text == "in" and before is not None and before.kind is TokenKind.IDENT:
        return True  # in `[for x in [a] : x]` the bracket opens a list, and indexes nothing
    is_indexed = token.kind in _NAME_OR_NUMBER or _closes(token)
    return False if _is(after, "[") and is_indexed else None


def _signs(before: Token | None, token: Token, _: Token) -> bool | None:
    if _is(token, "!"):
        return False
    if _is(token, "-"):
        negates = before is None or (before.kind is TokenKind.PUNCTUATION and before.text in _NEGATES_AFTER)
        return not negates
    return None


def _braces(_: Token | None, token: Token, after: Token) -> bool | None:
    if _is(token, "{") or _is(after, "}"):
        return not (_is(token, "{") and _is(after, "}"))
    opens_object = token.kind is TokenKind.OPEN_TEMPLATE and _is(after, "{")
    closes_object = _is(token, "}") and after.kind is TokenKind.CLOSE_TEMPLATE
    return True if opens_object or closes_object else None


def _other_brackets(_: Token | None, token: Token, after: Token) -> bool | None:
    between_templates = token.kind is TokenKind.CLOSE_TEMPLATE and after.kind is TokenKind.OPEN_TEMPLATE
    return False if between_templates or _opens(token) or _closes(after) else None


def _is(token: Token, text: str) -> bool:
    return token.kind is TokenKind.PUNCTUATION and token.text == text


def _opens(token: Token) -> bool:
    return token.kind is TokenKind.OPEN_TEMPLATE or (token.kind is TokenKind.PUNCTUATION and token.text in "([{")


def _closes(token: Token) -> bool:
    return token.kind is TokenKind.CLOSE_TEMPLATE or (token.kind is TokenKind.PUNCTUATION and token.text in ")]}")
