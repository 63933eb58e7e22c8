"""HCL text through python-hcl2: its blocks, and the proof that it survives a round trip."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import hcl2
import hcl2.parser
from hcl2.formatter import BaseFormatter
from hcl2.rules.expressions import ExprTermRule
from lark import Token, Tree, UnexpectedInput

from generator.hcl.errors import ParseError
from generator.hcl.structure import address_of_argument


class ParsedFile:
    """A parsed file. Raises `ParseError`."""

    def __init__(self, text: str) -> None:
        self._tree = _tree(text)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The file as python-hcl2's plain data, without comments."""
        return _data(self._tree)

    def blocks(self) -> Iterator[tuple[str, int]]:
        """Yield `(address, line)` of each top-level block and argument."""
        (body,) = self._tree.children
        for node in body.children if isinstance(body, Tree) else ():
            if isinstance(node, Tree) and node.data in ("block", "attribute"):
                yield _address(node), node.meta.line

    def survives_round_trip(self) -> bool:
        """Tell whether python-hcl2's own dump of this file reads back as the same blocks, comments aside."""
        try:
            return _data(_tree(_dump(self.data))) == self.data
        except Exception:  # what python-hcl2 8.1.4 cannot write it answers with exceptions of many kinds
            return False


def state_behind(text: str) -> tuple[int, ...]:
    """Return what python-hcl2's parser remembers behind a text that may go on: its stack of states.

    Raises `ParseError`.
    """
    try:
        parser = hcl2.parser.parser().parse_interactive(text)
        parser.exhaust_lexer()
    except UnexpectedInput as error:
        raise _refusal(error) from None
    return tuple(parser.parser_state.state_stack)


def _tree(text: str) -> Tree[Token]:
    try:
        return hcl2.parses_to_tree(text)
    except UnexpectedInput as error:
        raise _refusal(error) from None


def _refusal(error: UnexpectedInput) -> ParseError:
    return ParseError(f"not HCL: {_what_was_found(error)}", max(error.line, 1), max(error.column, 1))


def _what_was_found(error: UnexpectedInput) -> str:
    token = getattr(error, "token", None)
    if token is None:
        return "a character that is not allowed here"
    return "the text ends too early" if token.type == "$END" else f"{str(token)!r} is not allowed here"


class _Formatter(BaseFormatter):
    """python-hcl2's own. Version 8.1.4 looks into conditionals and operations as if they were terms, and fails."""

    def format_expression(self, rule: ExprTermRule, indent_level: int = 0) -> None:
        if isinstance(rule, ExprTermRule):
            super().format_expression(rule, indent_level)


def _dump(data: dict[str, Any]) -> str:
    """`hcl2.dumps`, with that formatter."""
    tree = hcl2.from_dict(data, apply_format=False)
    _Formatter().format_tree(tree)
    return hcl2.reconstruct(tree)


def _data(tree: Tree[Token]) -> dict[str, Any]:
    data = hcl2.serialize(hcl2.transform(tree, discard_comments=True))
    return {key: value for key, value in data.items() if not key.startswith("__")}


def _address(node: Tree[Token]) -> str:
    """`resource "a" "b"` is `a.b`; other blocks keep their type in front, as in Terraform's own addresses."""
    words = [_word(child) for child in node.children if isinstance(child, Tree) and child.data != "body"]
    if node.data == "attribute":
        return address_of_argument(words[0])
    return ".".join(words[1:] if words[0] == "resource" else words)


def _word(node: Tree[Token]) -> str:
    return "".join(str(token) for token in node.scan_values(lambda _: True)).strip('"\n ')
