"""Whether another value of an argument replaces its resource."""

from __future__ import annotations

from enum import IntEnum

from generator.aws.resource_types import IN_PLACE_OF_ALL, resource_type


class Replacement(IntEnum):
    """Whether another value of an argument replaces its resource."""

    NEVER = 0
    PERHAPS = 1
    ALWAYS = 2


def replacement(type_: str, argument: str) -> Replacement:
    """Tell whether another value of an argument replaces a resource of a type.

    It is `PERHAPS` if it depends on the provider's version or on another argument, or if no plan was made.
    """
    known = resource_type(type_)
    if argument in IN_PLACE_OF_ALL or argument in known.in_place:
        return Replacement.NEVER
    return Replacement.ALWAYS if argument in known.replacing else Replacement.PERHAPS
