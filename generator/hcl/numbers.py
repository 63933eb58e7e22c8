"""Numbers as Terraform counts: in fractions of 512 bits, unlike Python. Here they are exact, or not known."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMERAL = re.compile(r"[+-]?[0-9]{1,200}(?:\.[0-9]{1,200})?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)

_GREATEST = 2**512
"""Whole numbers below it are exact to Terraform. Source: the package `cty` of HashiCorp's HCL."""


def number_of(text: str) -> int | float | None:
    """Return the number that a text says, as HCL reads it; none where it says none, or one that is not exact here."""
    if not _NUMERAL.fullmatch(text):
        return None
    number = Decimal(text)
    if number == number.to_integral_value():
        return _exact(int(number))
    found = float(number)
    return found if Decimal(repr(found)) == number else None


def numeral(number: int | float) -> str:
    """Return a number as Terraform writes it into a text."""
    return str(number) if isinstance(number, int) else format(Decimal(repr(number)), "f")


def calculated(sign: str, left: int, right: int) -> int | None:
    """Return what an operator makes of two whole numbers; none where that is not a whole number, or a great one."""
    if sign == "+":
        return _exact(left + right)
    if sign == "-":
        return _exact(left - right)
    if sign == "*":
        return _exact(left * right)
    if right == 0:
        return None
    rest = abs(left) % abs(right)
    if sign == "%":
        return -rest if left < 0 else rest
    return left // right if rest == 0 else None


def _exact(number: int) -> int | None:
    return number if abs(number) < _GREATEST else None


def scalar_text(value: object) -> str:
    """Return a scalar as text, a truth value and a null as Terraform writes them."""
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)
