"""Whether values are of one type for Terraform, so that it converts none where it wants them to be."""

from __future__ import annotations

from collections.abc import Sequence

from generator.hcl.evaluated import Evaluated, Json, Pattern, TextSet, Unknown


def are_alike(values: Sequence[Evaluated]) -> bool:
    """Tell whether values are of one type, members of lists and objects included. What is not known is of any."""
    told = [value for value in values if value is not None and not isinstance(value, Unknown)]
    return all(_fit(told[0], value) for value in told[1:])


def _fit(one: Evaluated, other: Evaluated) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() == other.keys():
            return all(are_alike([one[name], other[name]]) for name in one)
        return are_alike([*one.values(), *other.values()])
    if isinstance(one, list) and isinstance(other, list):
        return are_alike([*one, *other])
    return _kind(one) is _kind(other)


def _kind(value: Evaluated) -> type:
    if isinstance(value, str | Pattern | Json):
        return str
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float
    return TextSet if isinstance(value, TextSet) else type(value)
