"""What Terraform's operators make of values. What they cannot be told to make, or would refuse, is unknown.

Source: HashiCorp's HCL syntax specification, "Operations", and Terraform's documentation, "Arithmetic and Logical
Operators". They convert texts to numbers and truth values; `==` and `!=` convert nothing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal

from generator.hcl.evaluated import Evaluated, Json, TextSet, is_known, unknown
from generator.hcl.json_text import as_text
from generator.hcl.numbers import calculated, number_of

LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
"""Binary operators, those that bind the least first."""

_COMPARING: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def result_of_operator(sign: str, left: Evaluated, right: Evaluated) -> Evaluated:
    """Return what an operator between two values makes of them."""
    left, right = as_text(left), as_text(right)
    result: Evaluated = None
    if sign in ("==", "!="):
        is_same = _are_equal(left, right)
        result = None if is_same is None else is_same is (sign == "==")
    elif sign in ("||", "&&"):
        result = _logical(sign, truth_of(left), truth_of(right))
    else:
        result = _of_numbers(sign, _number(left), _number(right))
    return unknown(sign, left, right) if result is None else result


def opposite(value: Evaluated) -> Evaluated:
    """Return what `!` makes of a value."""
    truth = truth_of(value)
    return unknown("!", value) if truth is None else not truth


def negative(value: Evaluated) -> Evaluated:
    """Return what `-` before a value makes of it."""
    number = _number(value)
    return -number if number else unknown("-", value)  # of 0, Terraform makes -0


def truth_of(value: Evaluated) -> bool | None:
    """Return a truth value, also one that is written as a text; none where that is not known."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def _logical(sign: str, left: bool | None, right: bool | None) -> bool | None:
    if left is None or right is None:
        return None
    return (left and right) if sign == "&&" else (left or right)


def _of_numbers(sign: str, left: int | float | None, right: int | float | None) -> Evaluated:
    if left is None or right is None:
        return None
    if sign in _COMPARING:
        return _COMPARING[sign](Decimal(repr(left)), Decimal(repr(right)))
    return calculated(sign, left, right) if isinstance(left, int) and isinstance(right, int) else None


def _number(value: Evaluated) -> int | float | None:
    if isinstance(value, str):
        return number_of(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _are_equal(left: Evaluated, right: Evaluated) -> bool | None:
    """Compare two values, of which the types count; none where that is not known."""
    if isinstance(left, Json) or isinstance(right, Json) or not (is_known(left) and is_known(right)):
        return None
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return False
        return _all(_are_equal(left[name], right[name]) for name in left)
    if isinstance(left, list) and isinstance(right, list):
        if isinstance(left, TextSet) is not isinstance(right, TextSet) or len(left) != len(right):
            return False
        return _all(map(_are_equal, left, right))
    return left == right and isinstance(left, bool) is isinstance(right, bool)


def _all(results: Iterable[bool | None]) -> bool | None:
    found = list(results)
    return None if None in found else all(found)
