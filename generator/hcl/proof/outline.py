"""What a text declares and what it needs: the addresses of its blocks, and those that they refer to."""

from __future__ import annotations

from typing import NamedTuple

from generator.hcl.references import Declaration, declared, referenced
from generator.hcl.structure import Code, address_of_argument


class Needed(NamedTuple):
    """An address that is referred to, as a `Reference` has it; `line` counts from 1."""

    address: str
    attribute: str
    instances: str
    line: int


class Outline(NamedTuple):
    """The blocks of a text, the addresses that it declares, and those that it refers to, each in file order.

    An argument at the top level is among the blocks: Terraform knows none.
    """

    blocks: list[Declaration]
    declared: list[Declaration]
    needed: list[Needed]

    def moved_down(self, lines: int) -> Outline:
        """Return the outline of the same text with lines before it."""
        return Outline(
            [Declaration(address, lines + line) for address, line in self.blocks],
            [Declaration(address, lines + line) for address, line in self.declared],
            [needed._replace(line=lines + needed.line) for needed in self.needed],
        )


def outline_of(code: Code) -> Outline:
    """Return the outline of a file, or of a part of one."""
    blocks = [(body.line, body.address) for body in code.bodies]
    arguments = [(argument.line, address_of_argument(argument.name)) for argument in code.arguments]
    return Outline(
        [Declaration(address, line) for line, address in sorted([*blocks, *arguments])],
        declared(code),
        [Needed(one.address, one.attribute, one.instances, one.line) for one in referenced(code)],
    )
