"""What Terraform takes and python-hcl2's grammar lacks, put into words that python-hcl2 knows.

It is asked about a text of the same lines and columns. What is put into other words is exactly this:

- strip markers: `${~ x ~}` becomes `${  x  }`, which has the same syntax;
- functions of a namespace: `core::upper(x)` becomes `upper(x)`. python-hcl2 knows those of two namespaces alone;
- signs before a sign: `!!x` becomes `!x`;
- letters of names beyond ASCII: `größe` becomes `grxxe`.

Each stands where Terraform's grammar takes what it becomes, and is taken there itself. So a text that python-hcl2 takes
in these words is one for Terraform too. Source: `parseExpressionTerm` and `finishParsingFunctionCall` in
https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser.go, and python-hcl2's `hcl2.lark`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.hcl.tokens import KEYWORD, Token, TokenKind, outside_of_heredocs, tokens

_MAY_HAVE_A_GAP = re.compile(r"\{~|~\}|::|[-!][ \t]*[-!]|[^\x00-\x7f]")
_KEYWORD = re.compile(KEYWORD)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_ENDS_OPERAND = (TokenKind.IDENT, TokenKind.NUMBER, TokenKind.CLOSE_QUOTE, TokenKind.CLOSE_HEREDOC)
_CLOSING = (")", "]", "}", "*")
"""Brackets that may end an operand, and the sign that ends the splat `a.*`."""

_LETTER = "x"
"""No keyword of python-hcl2 holds it."""


def in_known_words(text: str) -> str:
    """Return a text with nothing in it that python-hcl2's grammar lacks, as far as it is told above.

    Raises `TokenError`.
    """
    if not _MAY_HAVE_A_GAP.search(text):
        return text
    written, end = [], 0
    for token, words in _replaced(list(outside_of_heredocs(tokens(text)))):
        written += [text[end : token.offset], words]
        end = token.offset + len(token.text)
    return "".join([*written, text[end:]])


def _replaced(code: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield each token that is put into other words, and these, which are as long."""
    end_of_namespace = 0
    for index, token in enumerate(code):
        if token.kind is TokenKind.IDENT and index >= end_of_namespace:
            end_of_namespace = _name_of_function(code, index)
        if index < end_of_namespace or _is_sign_before_sign(code, index):
            yield token, " " * len(token.text)
        elif token.kind in (TokenKind.OPEN_TEMPLATE, TokenKind.CLOSE_TEMPLATE):
            yield token, token.text.replace("~", " ")
        elif token.kind is TokenKind.IDENT:
            yield token, _BEYOND_ASCII.sub(_LETTER, token.text)


def _name_of_function(code: Sequence[Token], index: int) -> int:
    """Return the index of a function's own name, given that of its first namespace; else the same index."""
    end = index
    while _punctuation(code, end + 1) == "::" and _is_plain_name(code, end) and _is_plain_name(code, end + 2):
        end += 2
    return end if _punctuation(code, end + 1) == "(" else index


def _is_plain_name(code: Sequence[Token], index: int) -> bool:
    return index < len(code) and code[index].kind is TokenKind.IDENT and not _KEYWORD.fullmatch(code[index].text)


def _is_sign_before_sign(code: Sequence[Token], index: int) -> bool:
    """Behind an operand, a minus subtracts, and `!` is an error."""
    return (
        _punctuation(code, index) in ("-", "!")
        and _punctuation(code, index + 1) in ("-", "!")
        and not (index and (code[index - 1].kind in _ENDS_OPERAND or _punctuation(code, index - 1) in _CLOSING))
    )


def _punctuation(code: Sequence[Token], index: int) -> str:
    """Return the punctuation at an index, or nothing where there is none."""
    is_there = index < len(code) and code[index].kind is TokenKind.PUNCTUATION
    return code[index].text if is_there else ""
