"""Expressions that come out as a text: what is of another type is converted, as Terraform would elsewhere.

In JSON, Terraform leaves a number a number, and ECS refuses it where it wants a text.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.hcl.constraints import NUMBER, TRUTH, Constraint
from generator.hcl.numbers import number_of, numeral
from generator.hcl.write.text import hcl_text, whole_expression


def hcl_string(text: str, type_of: Callable[[str], Constraint | None]) -> str:
    """Return catalogue text as an HCL expression for a text. Raises `Rejection`."""
    expression = whole_expression(text)
    if expression is None or type_of(expression) not in (NUMBER, TRUTH):
        return hcl_text(text)
    return f'"{written}"' if (written := _constant(expression)) else f"tostring({expression})"


def _constant(expression: str) -> str | None:
    """Return a number or a truth value as a text has it."""
    number = number_of(expression)
    if number is not None:
        return numeral(number)
    return expression if expression in ("true", "false") else None
