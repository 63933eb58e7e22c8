"""The bodies of a file: its blocks, the blocks within them, and their arguments, each with its place.

Works on tokens alone, so that hand-written companions need not be within python-hcl2's grammar.
"""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

from generator.hcl.tokens import Kind, Token, TokenError, tokens

_HEADER = (Kind.IDENT, Kind.QUOTED_TEXT, Kind.OPEN_QUOTE, Kind.CLOSE_QUOTE)
_WORDS = (Kind.IDENT, Kind.QUOTED_TEXT)
_DEPTH_CHANGES = dict.fromkeys(("{", "[", "(", "${", "%{", "${~", "%{~"), 1) | dict.fromkeys(("}", "]", ")", "~}"), -1)


class Argument(NamedTuple):
    """A name, the tokens of its value without comments, and its line, counted from 1."""

    name: str
    value: tuple[Token, ...]
    line: int

    @property
    def span(self) -> tuple[int, int]:
        """Where in the file the first and the last token of the value begin."""
        return self.value[0].offset, self.value[-1].offset


class Body(NamedTuple):
    """A block: the words of its header (its type and its labels), its line, and what it holds."""

    header: tuple[str, ...]
    line: int
    arguments: list[Argument]
    blocks: list[Body]

    @property
    def type(self) -> str:
        """What the block is: `resource`, `locals`, or the name of a nested block."""
        return self.header[0]

    @property
    def address(self) -> str:
        """`resource "a" "b"` is `a.b`; other blocks keep their type in front, as in Terraform's own addresses."""
        return ".".join(self.header[1:] if self.type == "resource" else self.header)


class Code:
    """The tokens of a file without its comments, and the top-level body that they make up.

    Raises `TokenError` where the text is not made of tokens, or where what stands among the blocks begins none.
    """

    def __init__(self, text: str) -> None:
        self.tokens = [token for token in tokens(text) if token.kind is not Kind.COMMENT]
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self.bodies = _Reader(self).body(Body((), 1, [], []), closing=None).blocks

    def line(self, token: Token) -> int:
        """Return a token's line, counted from 1."""
        return bisect.bisect_left(self._line_ends, token.offset) + 1


class _Reader:
    def __init__(self, code: Code) -> None:
        self._code, self._tokens, self._index = code, code.tokens, 0

    def body(self, body: Body, closing: Token | None) -> Body:
        """Read what stands before the closing brace of `closing`, the opening one, or before the end of the file."""
        while token := self._next():
            if closing is not None and token.text == "}":
                self._index += 1
                return body
            if token.kind is not Kind.IDENT:
                raise TokenError(token.offset, f"`{token.text}` begins no block")
            start = self._index
            self._index += 1
            if self._text() == "=":
                body.arguments.append(self._argument(token))
            else:
                body.blocks.append(self._block(start))
        if closing is not None:
            raise TokenError(closing.offset, f"`{closing.text}` is not closed")
        return body

    def _next(self) -> Token | None:
        """Return the next token that is no line end, if there is one."""
        while self._index < len(self._tokens) and self._tokens[self._index].kind is Kind.NEWLINE:
            self._index += 1
        return self._tokens[self._index] if self._index < len(self._tokens) else None

    def _text(self) -> str:
        return self._tokens[self._index].text if self._index < len(self._tokens) else ""

    def _argument(self, name: Token) -> Argument:
        self._index += 1
        start, depth = self._index, 0
        while self._index < len(self._tokens):
            token = self._tokens[self._index]
            if depth == 0 and _ends_argument(token):
                break
            depth += depth_change(token)
            self._index += 1
        if start == self._index or depth:
            raise TokenError(name.offset, f"`{name.text}` has no value" if not depth else f"`{name.text}` never ends")
        return Argument(name.text, tuple(self._tokens[start : self._index]), self._code.line(name))

    def _block(self, start: int) -> Body:
        while self._index < len(self._tokens) and self._tokens[self._index].kind in _HEADER:
            self._index += 1
        header = self._tokens[start : self._index]
        if self._text() != "{":
            found = self._tokens[self._index] if self._index < len(self._tokens) else header[-1]
            raise TokenError(found.offset, f"`{found.text.strip() or header[0].text}` begins no block")
        opening = self._tokens[self._index]
        self._index += 1
        words = tuple(token.text for token in header if token.kind in _WORDS)
        return self.body(Body(words, self._code.line(header[0]), [], []), opening)


def _ends_argument(token: Token) -> bool:
    return token.kind is Kind.NEWLINE or (token.kind is Kind.PUNCTUATION and token.text == "}")


def depth_change(token: Token) -> int:
    """Return by how much a token changes the number of brackets that are open."""
    return 0 if token.kind is Kind.QUOTED_TEXT else _DEPTH_CHANGES.get(token.text, 0)
