"""What a file says of resources and modules that bear another address now: its `moved` blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.hcl.structure import Argument, Code
from generator.hcl.tokens import TokenKind


class Move(NamedTuple):
    """One `moved` block: the address before, and the address now, both within the module."""

    from_: str
    to: str


def moves_in(code: Code) -> Iterator[Move]:
    """Yield each move that a file declares, in the order of the text."""
    for body in code.bodies:
        if body.type == "moved":
            ends = {argument.name: _address(argument) for argument in body.arguments}
            if ends.keys() >= {"from", "to"}:
                yield Move(ends["from"], ends["to"])


def _address(argument: Argument) -> str:
    return "".join(token.text for token in argument.value if token.kind is not TokenKind.NEWLINE)
