"""Version constraints as Terraform reads them: `>= 1.9`, `~> 6.0`, `>= 5.31, != 5.40.0, < 7.0`.

Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import NamedTuple

from generator.errors import Rejection

Release = tuple[int, int, int]
"""A version: major, minor, patch. What stands behind them, as in `1.10.0-beta1`, does not count."""

OLDEST: Release = (0, 0, 0)

_TERM = re.compile(
    r"\s*(?P<operator>=|!=|>=|<=|>|<|~>)?\s*"
    r"(?P<numbers>(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){0,2})(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?\s*"
)
_REMEDY = "write it as Terraform does, such as `>= 1.9`, `~> 6.0` or `>= 5.31, < 7.0`"


class AllowedVersions(NamedTuple):
    """The versions that a constraint allows: the `least` one, and the one that all of them are `below`, if any."""

    least: Release
    below: Release | None

    def all_are_from(self, version: str) -> bool:
        """Tell whether no version that is allowed is older than one."""
        return self.least >= release(version)

    def some_are_from(self, version: str) -> bool:
        """Tell whether some version that is allowed is at least as new as one."""
        return self.below is None or self.below > release(version)


def release(version: str) -> Release:
    """Return a version of up to three numbers, such as `5.31`."""
    return _padded([int(number) for number in version.split(".")])


def told_release(version: Release) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))


@functools.lru_cache(maxsize=64)
def allowed_versions(constraint: str) -> AllowedVersions:
    """Return the versions that a constraint allows. Raises `Rejection` where it is none, or allows no version."""
    least, below = OLDEST, None
    excluded: set[Release] = set()
    for term in constraint.split(","):
        found = _TERM.fullmatch(term)
        if found is None:
            raise Rejection(f"`{term.strip()}` is not a version constraint", _REMEDY)
        numbers = [int(number) for number in found["numbers"].split(".")]
        operator = found["operator"] or "="
        if operator == "!=":
            excluded.add(_padded(numbers))
            continue
        from_version, to_version = _range(operator, numbers)
        least = max(least, from_version)
        below = to_version if below is None or (to_version and to_version < below) else below
    least = _first_not_in(excluded, least)
    if below is not None and least >= below:
        raise Rejection(f"no version is as `{constraint}` says", "remove the parts that exclude each other")
    return AllowedVersions(least, below)


def allowed_versions_or_none(constraint: str | None) -> AllowedVersions | None:
    """Return the versions that a constraint allows, if it is one that allows any."""
    try:
        return allowed_versions(constraint) if constraint else None
    except Rejection:
        return None


def _range(operator: str, numbers: list[int]) -> tuple[Release, Release | None]:
    """Return the least version that an operator allows, and the least one above all of them, if there is one."""
    version = _padded(numbers)
    if operator == "~>":
        return version, _padded([numbers[0], numbers[1] + 1] if len(numbers) > 2 else [numbers[0] + 1])
    ranges: dict[str, tuple[Release, Release | None]] = {
        "=": (version, _next(version)),
        ">": (_next(version), None),
        ">=": (version, None),
        "<": (OLDEST, version),
        "<=": (OLDEST, _next(version)),
    }
    return ranges[operator]


def _first_not_in(excluded: Collection[Release], version: Release) -> Release:
    while version in excluded:
        version = _next(version)
    return version


def _next(version: Release) -> Release:
    major, minor, patch = version
    return major, minor, patch + 1


def _padded(numbers: list[int]) -> Release:
    major, minor, patch = [*numbers, 0, 0][:3]
    return major, minor, patch
