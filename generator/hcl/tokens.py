"""The tokens of HCL's native syntax.

Source: the scanner of HashiCorp's `hclsyntax` package, https://github.com/hashicorp/hcl/blob/main/hclsyntax/scan_tokens.rl
"""

from __future__ import annotations

import functools
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import ClassVar, NamedTuple

from generator.hcl.identifiers import strange_letter

MOST_OPEN = 100
"""How many brackets, quotes, templates and heredocs may be open at once: several times as many as people write.

Whoever goes through a value goes down by recursion, and Python allows for a thousand calls within each other.
"""


class TokenKind(Enum):
    """What a token is. Punctuation and operators are told apart by their text."""

    IDENT = auto()
    NUMBER = auto()
    PUNCTUATION = auto()
    OPEN_QUOTE = auto()
    QUOTED_TEXT = auto()
    CLOSE_QUOTE = auto()
    OPEN_TEMPLATE = auto()
    CLOSE_TEMPLATE = auto()
    OPEN_HEREDOC = auto()
    HEREDOC_TEXT = auto()
    CLOSE_HEREDOC = auto()
    NEWLINE = auto()
    COMMENT = auto()


class Token(NamedTuple):
    """One token and the offset, in characters, at which it starts."""

    kind: TokenKind
    text: str
    offset: int


class TokenError(Exception):
    """Text that no HCL token begins with, or that ends inside of one."""

    def __init__(self, offset: int, what: str) -> None:
        self.offset = offset
        self.what = what
        super().__init__(what)


WORD = r"[^\x00-@\[-^`{-\x7f][^\x00-,./:-@\[-^`{-\x7f]*"
"""What may be a name: letters, digits, `-` and `_`, where all that is not ASCII counts as a letter.

It says what is none of these: Python takes 20 milliseconds to compile a class of characters up to the last of Unicode.
"""

KEYWORD = r"(?:if|in|for|for_each|else|endif|endfor|null|true|false)(?![A-Za-z0-9_])"
"""A name that is none to python-hcl2. Source: the terminals of its grammar."""

_CODE = re.compile(
    rf"""(?P<SPACE>[ \t]+)
    |(?P<NEWLINE>\r?\n)
    |(?P<COMMENT>(?:\#|//)[^\n]*|/\*(?s:.*?)\*/)
    |(?P<OPEN_HEREDOC><<-?(?P<marker>{WORD})\r?\n)
    |(?P<IDENT>{WORD})
    |(?P<NUMBER>[0-9](?:[0-9.]|[eE][+-]?[0-9])*(?<!\.))
    |(?P<OPEN_QUOTE>")
    |(?P<OPEN_BRACKET>[(\[{{])
    |(?P<CLOSE_BRACKET>[)\]}}])
    |(?P<CLOSE_TEMPLATE>~\}})
    |(?P<PUNCTUATION>==|!=|<=|>=|=>|&&|\|\||\.\.\.|::|<(?!<)|/(?!\*)|[-+*%!>=?:,.])""",
    re.VERBOSE,
)

_QUOTED = re.compile(
    r"""(?P<QUOTED_TEXT>(?:
        [^"\\$%\r\n]++
        |\\(?:[nrt"\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|U000(?!0[dD][89a-fA-F])[0-9a-fA-F]{5}|U0010[0-9a-fA-F]{4})
        |\$\$\{|%%\{            # the escaped forms
        |[$%](?!\{)
    )++)
    |(?P<OPEN_TEMPLATE>[$%]\{~?)
    |(?P<CLOSE_QUOTE>")""",
    re.VERBOSE,
)

_HEREDOC = re.compile(
    r"""(?P<HEREDOC_TEXT>(?:[^$%\r\n]++|\$\$\{|%%\{|[$%](?!\{))++(?:\r?\n)?|\r?\n)  # a line, or a part of one
    |(?P<OPEN_TEMPLATE>[$%]\{~?)""",
    re.VERBOSE,
)

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?")

_CLOSED_BY = {"(": (")",), "[": ("]",), "{": ("}",)}
_TEMPLATE_CLOSED_BY = ("}", "~}")

WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""Unicode's `White_Space`, which Go's `bytes.TrimSpace` takes away. Python's `strip` takes four others too."""

_KINDS = {**TokenKind.__members__, "OPEN_BRACKET": TokenKind.PUNCTUATION, "CLOSE_BRACKET": TokenKind.PUNCTUATION}


class _Open(NamedTuple):
    """What is open: the token that opened it, what may stand within it, and the marker that ends it if it has one."""

    token: Token
    within: re.Pattern[str]
    marker: str = ""


@functools.lru_cache(maxsize=64)  # the same part of a file is asked for its shape, its outline and its arguments
def tokens(text: str) -> Sequence[Token]:
    """Return the tokens of a whole file. Raises `TokenError`."""
    return tuple(_Scanner(text, 0, _CODE).tokens())


def interpolation(text: str, offset: int) -> list[Token]:
    """Return the tokens of the template sequence whose `${` is at `offset`, both its ends included.

    Raises `TokenError`.
    """
    return list(_Scanner(text, offset, _QUOTED).tokens_of_one())


def end_of_brackets(text: str, offset: int) -> int:
    """Return the offset of what closes the bracket at `offset`. Raises `TokenError`."""
    (last,) = deque(_Scanner(text, offset, _CODE).tokens_of_one(), maxlen=1)
    return last.offset


def end_of_heredoc(text: str, offset: int, marker: str) -> int:
    """Return the offset behind a heredoc, given where the line behind its marker begins. Raises `TokenError`."""
    scanner = _Scanner(text, offset, _CODE)
    scanner.open_heredoc(Token(TokenKind.OPEN_HEREDOC, f"<<{marker}", offset), marker)
    (last,) = deque(scanner.tokens_of_one(), maxlen=1)
    return last.offset + len(last.text)


def outside_of_heredocs(scanned: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that stand in no heredoc: to python-hcl2, one is a text without templates."""
    depth = 0
    for token in scanned:
        depth += (token.kind is TokenKind.OPEN_HEREDOC) - (token.kind is TokenKind.CLOSE_HEREDOC)
        if not depth:
            yield token


class _Scanner:
    """Goes through a text once. The innermost of what is open says what may follow."""

    def __init__(self, text: str, offset: int, within: re.Pattern[str]) -> None:
        self._text, self._offset = text, offset
        self._open = [_Open(Token(TokenKind.NEWLINE, "", offset), within)]

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens up to the end of the text."""
        while self._offset < len(self._text):
            match = self._match()
            if match.lastgroup == "SPACE":
                self._offset = match.end()
            else:
                yield self._token(match)
        if len(self._open) > 1:
            raise _left_open(self._open[-1])

    def tokens_of_one(self) -> Iterator[Token]:
        """Yield the tokens up to what closes the first that is open."""
        for token in self.tokens():
            yield token
            if len(self._open) == 1:
                return

    def open_heredoc(self, token: Token, marker: str) -> Token:
        """Go on within a heredoc that a token opens, and return that token."""
        return self._opened(token, _HEREDOC, marker)

    def _match(self) -> re.Match[str]:
        within = self._open[-1].within
        match = within.match(self._text, self._offset)
        if match is None:
            raise self._no_token(within)
        return match

    def _token(self, match: re.Match[str]) -> Token:
        group = match.lastgroup or ""
        token = Token(_KINDS[group], match.group(), match.start())
        followed = self._FOLLOWED.get(group)
        if followed is not None:
            token = followed(self, token, match)
        self._offset = token.offset + len(token.text)
        return token

    def _word(self, token: Token, _: re.Match[str]) -> Token:
        _check_word(token.text, token.offset)
        return token

    def _number(self, token: Token, _: re.Match[str]) -> Token:
        if not _NUMBER.fullmatch(token.text):
            raise TokenError(token.offset, f"`{token.text}` is not a number")
        return token

    def _bracket(self, token: Token, _: re.Match[str]) -> Token:
        return self._opened(token, _CODE)

    def _quote(self, token: Token, _: re.Match[str]) -> Token:
        return self._opened(token, _QUOTED)

    def _heredoc(self, token: Token, match: re.Match[str]) -> Token:
        _check_word(match["marker"], match.start("marker"))
        return self.open_heredoc(token, match["marker"])

    def _opened(self, token: Token, within: re.Pattern[str], marker: str = "") -> Token:
        if len(self._open) > MOST_OPEN:
            what = f"more than {MOST_OPEN} brackets, quotes and templates are open here"
            raise TokenError(token.offset, what)
        self._open.append(_Open(token, within, marker))
        return token

    def _closing(self, token: Token, _: re.Match[str]) -> Token:
        """A closing brace closes a template too."""
        opening = self._open[-1].token
        if len(self._open) == 1:
            raise TokenError(token.offset, f"`{token.text}` closes nothing")
        if token.text not in _CLOSED_BY.get(opening.text, _TEMPLATE_CLOSED_BY):
            raise TokenError(token.offset, f"`{token.text}` does not close `{opening.text}`, which is open here")
        self._open.pop()
        return token._replace(kind=TokenKind.CLOSE_TEMPLATE) if opening.kind is TokenKind.OPEN_TEMPLATE else token

    def _closing_quote(self, token: Token, _: re.Match[str]) -> Token:
        self._open.pop()
        return token

    def _line_of_heredoc(self, token: Token, _: re.Match[str]) -> Token:
        """The line that is the marker, but for spaces, ends the heredoc; its line end is a token of its own."""
        begins_line, ends_line = self._text[token.offset - 1] == "\n", token.text.endswith("\n")
        if not (begins_line and ends_line and token.text.strip(WHITE_SPACE) == self._open[-1].marker):
            return token
        self._open.pop()
        return Token(TokenKind.CLOSE_HEREDOC, token.text.removesuffix("\n").removesuffix("\r"), token.offset)

    def _no_token(self, within: re.Pattern[str]) -> TokenError:
        text, offset = self._text, self._offset
        if within is _QUOTED and text[offset] == "\\":
            return TokenError(offset, f"`{text[offset : offset + 2]}` is not an escape of HCL")
        if within is _QUOTED:
            return TokenError(self._open[-1].token.offset, '`"` is not closed on its line')
        if text.startswith("/*", offset):
            return TokenError(offset, "`/*` is not closed")
        if text.startswith("<<", offset):
            return TokenError(offset, "`<<` does not begin a heredoc: the marker must be the last word of the line")
        return TokenError(offset, _begins_nothing(text[offset]))

    _FOLLOWED: ClassVar[Mapping[str, Callable[[_Scanner, Token, re.Match[str]], Token]]] = {
        "IDENT": _word,
        "NUMBER": _number,
        "OPEN_BRACKET": _bracket,
        "OPEN_TEMPLATE": _bracket,
        "OPEN_QUOTE": _quote,
        "OPEN_HEREDOC": _heredoc,
        "CLOSE_BRACKET": _closing,
        "CLOSE_TEMPLATE": _closing,
        "CLOSE_QUOTE": _closing_quote,
        "HEREDOC_TEXT": _line_of_heredoc,
    }
    """What else a token means than that it is there, by its group."""


def _check_word(word: str, offset: int) -> None:
    strange = None if word.isascii() else strange_letter(word)
    if strange is not None:
        raise TokenError(offset + strange, _begins_nothing(word[strange]))


def _left_open(innermost: _Open) -> TokenError:
    opening = innermost.token
    by = {TokenKind.OPEN_TEMPLATE: " by `}`", TokenKind.OPEN_HEREDOC: f" by a line `{innermost.marker}`"}.get(
        opening.kind, ""
    )
    return TokenError(opening.offset, f"`{opening.text.strip()}` is not closed{by}")


def _begins_nothing(character: str) -> str:
    return f"HCL has no token that begins with {character!r}"
