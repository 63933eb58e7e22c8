"""Expressions that come out as one type: what is of another is converted, as Terraform would elsewhere.

In JSON, Terraform leaves a number a number and a text a text, and ECS refuses the one where it wants the other. The
same holds of truth values.
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


def hcl_number(value: int | str, type_of: Callable[[str], Constraint | None]) -> str:
    """Return a number, or an expression for one, as an HCL expression for a number. Raises `Rejection`."""
    if isinstance(value, int):
        return str(value)
    expression = hcl_text(value)
    return expression if type_of(expression) == NUMBER else f"tonumber({expression})"


def hcl_bool(value: bool | str, type_of: Callable[[str], Constraint | None]) -> str:
    """Return a truth value, or an expression for one, as an HCL expression for a truth value. Raises `Rejection`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    expression = hcl_text(value)
    return expression if type_of(expression) == TRUTH else f"tobool({expression})"


def hcl_operand(text: str) -> str:
    """Return catalogue text as an HCL expression that an operator may follow. Raises `Rejection`."""
    expression = hcl_text(text)
    return f"({expression})" if "?" in expression else expression


def _constant(expression: str) -> str | None:
    """Return a number or a truth value as a text has it."""
    number = number_of(expression)
    if number is not None:
        return numeral(number)
    return expression if expression in ("true", "false") else None
