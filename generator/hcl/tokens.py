"""The tokens of HCL's native syntax.

Source: HashiCorp's HCL syntax specification, and the scanner in its `hclsyntax` package, whose kinds of token these
are. Identifiers are held to ASCII, as the names of Terraform's own language are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a token is. Punctuation and operators are told apart by their text."""

    IDENT = auto()
    NUMBER = auto()
    PUNCTUATION = auto()
    OPEN_QUOTE = auto()
    QUOTED_TEXT = auto()
    CLOSE_QUOTE = auto()
    OPEN_TEMPLATE = auto()
    CLOSE_TEMPLATE = auto()
    NEWLINE = auto()
    COMMENT = auto()
    HEREDOC = auto()


class Token(NamedTuple):
    """One token and the offset, in characters, at which it starts."""

    kind: Kind
    text: str
    offset: int


class TokenError(Exception):
    """Text that no HCL token begins with, or that ends inside of one."""

    def __init__(self, offset: int, what: str) -> None:
        self.offset = offset
        self.what = what
        super().__init__(what)


IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_-]*"

KEYWORD = r"(?:if|in|for|for_each|else|endif|endfor|null|true|false)(?![A-Za-z0-9_])"
"""A name that is none to python-hcl2. Source: the terminals of its grammar."""

_CODE = re.compile(
    rf"""(?P<SPACE>[ \t\r]+)
    |(?P<NEWLINE>\n)
    |(?P<COMMENT>(?:\#|//)[^\n]*|/\*(?s:.*?)\*/)
    |(?P<HEREDOC><<-?(?P<marker>{IDENTIFIER})\r?\n(?s:.*?)^[ \t]*(?P=marker)[ \t]*(?=\r?$))
    |(?P<IDENT>{IDENTIFIER})
    |(?P<NUMBER>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<OPEN_QUOTE>")
    |(?P<CLOSE_TEMPLATE>~\}})
    |(?P<PUNCTUATION>==|!=|<=|>=|=>|&&|\|\||\.\.\.|::|/(?!\*)|[-+*%!<>=?:,.()\[\]{{}}])""",
    re.VERBOSE | re.MULTILINE,
)

_QUOTED = re.compile(
    r"""(?P<QUOTED_TEXT>(?:
        [^"\\$%\n]
        |\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})
        |\$\$\{|%%\{            # the escaped forms
        |\$(?!\{)|%(?!\{)
    )+)
    |(?P<OPEN_TEMPLATE>[$%]\{~?)
    |(?P<CLOSE_QUOTE>")""",
    re.VERBOSE,
)

_KINDS = dict(Kind.__members__)
_QUOTE_IS_OPEN = -1


@functools.lru_cache(maxsize=64)  # the same part of a file is asked for its shape, its outline and its arguments
def tokens(text: str) -> Sequence[Token]:
    """Return the tokens of a whole file. Raises `TokenError`."""
    return tuple(_scan(text, 0, [0]))


def interpolation(text: str, offset: int) -> list[Token]:
    """Return the tokens of the template sequence whose `${` is at `offset`, both its ends included.

    Raises `TokenError`.
    """
    opening = _match(_QUOTED, text, offset)
    first = Token(Kind.OPEN_TEMPLATE, opening.group(), offset)
    return [first, *_scan(text, opening.end(), [_QUOTE_IS_OPEN, 0])]


def _scan(text: str, offset: int, modes: list[int]) -> Iterator[Token]:
    """Yield tokens until the text ends, or until the innermost of two given modes is left.

    Each mode is the number of braces that are open in code, or `_QUOTE_IS_OPEN` within quotes.
    """
    stop_below = len(modes)
    while offset < len(text) and len(modes) >= stop_below:
        in_quotes = modes[-1] == _QUOTE_IS_OPEN
        match = _match(_QUOTED if in_quotes else _CODE, text, offset)
        if match.lastgroup != "SPACE":
            yield Token(_enter_or_leave(match, modes), match.group(), offset)
        offset = match.end()
    if len(modes) > 1 and len(modes) >= stop_below:
        raise TokenError(offset, _what_is_open(modes))


def _enter_or_leave(match: re.Match[str], modes: list[int]) -> Kind:
    """Bring `modes` to where they stand behind the token, and return its kind."""
    kind, text = _KINDS[match.lastgroup or ""], match.group()
    if kind is Kind.OPEN_QUOTE:
        modes.append(_QUOTE_IS_OPEN)
    elif kind is Kind.OPEN_TEMPLATE:
        modes.append(0)
    elif kind is Kind.CLOSE_QUOTE:
        modes.pop()
    elif kind is Kind.PUNCTUATION and text == "{":
        modes[-1] += 1
    elif kind is Kind.PUNCTUATION and text == "}" and (modes[-1] > 0 or len(modes) == 1):
        modes[-1] = max(modes[-1] - 1, 0)  # a brace that closes nothing is left to whoever reads the blocks
    elif kind is Kind.CLOSE_TEMPLATE or (kind is Kind.PUNCTUATION and text == "}"):
        _close_template(match, modes)
        return Kind.CLOSE_TEMPLATE
    return kind


def _close_template(match: re.Match[str], modes: list[int]) -> None:
    if modes.pop() != 0 or not modes:
        raise TokenError(match.start(), f"`{match.group()}` closes nothing")


def _what_is_open(modes: list[int]) -> str:
    return '`"` is not closed' if modes[-1] == _QUOTE_IS_OPEN else "`${` is not closed by `}`"


def _match(pattern: re.Pattern[str], text: str, offset: int) -> re.Match[str]:
    match = pattern.match(text, offset)
    if match is None and text.startswith("/*", offset):
        raise TokenError(offset, "`/*` is not closed")
    if match is None:
        what = f"{text[offset]!r} begins nothing that HCL knows" if pattern is _CODE else _bad_quoted(text, offset)
        raise TokenError(offset, what)
    return match


def _bad_quoted(text: str, offset: int) -> str:
    if text[offset] == "\\":
        return f"`{text[offset : offset + 2]}` is no escape of HCL"
    return '`"` is not closed on its line'
