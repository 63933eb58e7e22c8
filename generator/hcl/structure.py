"""The bodies of a file: its blocks, the blocks within them, and their arguments, each with its place.

Works on tokens alone, so that hand-written companions need not be within python-hcl2's grammar. Source: `ParseBody` in
https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser.go. What an expression may be is left to Terraform.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.hcl.escapes import unescaped
from generator.hcl.identifiers import is_name
from generator.hcl.tokens import Token, TokenError, TokenKind, tokens

_TEXTS = (TokenKind.QUOTED_TEXT, TokenKind.HEREDOC_TEXT)
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
    def names(self) -> list[str]:
        """The names of its arguments, and the types of the blocks within it."""
        return [argument.name for argument in self.arguments] + [block.type for block in self.blocks]

    @property
    def address(self) -> str:
        """`resource "a" "b"` is `a.b`; other blocks keep their type in front, as in Terraform's own addresses.

        A label that is not a name is in quotes, so that it can make up no other block's address.
        """
        words = self.header[1:] if self.type == "resource" else self.header
        return ".".join(word if is_name(word) else json.dumps(word) for word in words)


class Code:
    """The tokens of a file without its comments, and the blocks and arguments of its top level.

    Raises `TokenError` where the text is not made of tokens, or where what stands among the blocks begins none.
    """

    def __init__(self, text: str) -> None:
        self.tokens = [token for token in tokens(text) if token.kind is not TokenKind.COMMENT]
        self.closings = closings(self.tokens)
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        top = _Reader(self).body(Body((), 1, [], []), closing=None)
        self.bodies, self.arguments = top.blocks, top.arguments

    def line(self, token: Token) -> int:
        """Return a token's line, counted from 1."""
        return bisect.bisect_left(self._line_ends, token.offset) + 1


class _Reader:
    """Goes through tokens whose brackets match."""

    def __init__(self, code: Code) -> None:
        self._code, self._tokens, self._index = code, code.tokens, 0

    def body(self, body: Body, closing: str | None) -> Body:
        """Read what stands before a closing brace, or before the end of the file."""
        while (token := self._next_in_any_line()) and token.text != closing:
            self._item(body)
            if not self._is_at_line_end():
                raise self._stray("is at a place where the line must end")
        return body

    def _next_in_any_line(self) -> Token | None:
        while (token := self._peek()) and token.kind is TokenKind.NEWLINE:
            self._index += 1
        return token

    def _peek(self) -> Token | None:
        return self._tokens[self._index] if self._index < len(self._tokens) else None

    def _text(self) -> str:
        token = self._peek()
        return token.text if token else ""

    def _is_at_line_end(self) -> bool:
        token = self._peek()
        return token is None or token.kind is TokenKind.NEWLINE

    def _stray(self, what: str) -> TokenError:
        """Return what is wrong with the next token, or with the one before it where the line ends."""
        token = self._tokens[self._index - self._is_at_line_end()]
        return TokenError(token.offset, f"`{token.text}` {what}")

    def _item(self, body: Body) -> None:
        """Read an argument or a block."""
        name = self._tokens[self._index]
        if name.kind is not TokenKind.IDENT:
            raise self._stray("does not begin a block")
        self._index += 1
        if self._text() == "=":
            body.arguments.append(self._argument(name))
        else:
            body.blocks.append(self._block(name))

    def _argument(self, name: Token) -> Argument:
        self._index += 1
        start = self._index
        while (token := self._peek()) and not _ends_argument(token):
            self._index = self._code.closings.get(self._index, self._index) + 1
        if start == self._index:
            raise TokenError(name.offset, f"`{name.text}` has no value")
        return Argument(name.text, tuple(self._tokens[start : self._index]), self._code.line(name))

    def _block(self, name: Token) -> Body:
        header = [name.text]
        while (token := self._peek()) and token.kind in (TokenKind.IDENT, TokenKind.OPEN_QUOTE):
            header.append(token.text if token.kind is TokenKind.IDENT else self._label())
            self._index += 1
        if self._text() != "{":
            raise self._stray("does not begin a block")
        self._index += 1
        body = Body(tuple(header), self._code.line(name), [], [])
        if self._is_at_line_end() or self._text() == "}":
            self.body(body, closing="}")
        else:
            self._only_argument(body)
        self._index += 1
        return body

    def _label(self) -> str:
        """Read a text up to its closing quote."""
        self._index += 1
        text = self._tokens[self._index]
        if text.kind is TokenKind.CLOSE_QUOTE:
            return ""
        self._index += text.kind is TokenKind.QUOTED_TEXT
        if self._tokens[self._index].kind is not TokenKind.CLOSE_QUOTE:
            raise self._stray("is not allowed in a label")
        return unescaped(text.text)

    def _only_argument(self, body: Body) -> None:
        """Read what a block of one line holds."""
        first = self._tokens[self._index]
        self._item(body)
        if body.blocks:
            raise TokenError(first.offset, f"`{first.text}` begins a block within a block of one line")
        if self._text() != "}":
            raise self._stray("is at a place where a block of one line must end")


def address_of_argument(name: str) -> str:
    """Return what stands in place of an address for an argument at the top level, which can be no block's."""
    return f"{name} = …"


def _ends_argument(token: Token) -> bool:
    return token.kind is TokenKind.NEWLINE or (token.kind is TokenKind.PUNCTUATION and token.text == "}")


def depth_change(token: Token) -> int:
    """Return by how much a token changes the number of brackets that are open."""
    return 0 if token.kind in _TEXTS else _DEPTH_CHANGES.get(token.text, 0)


def closings(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the index of each bracket's closing one by the index of the opening one."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        change = depth_change(token)
        if change > 0:
            opened.append(index)
        elif change < 0:
            found[opened.pop()] = index
    return found
