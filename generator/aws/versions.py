"""Which versions of the AWS provider have the names that are generated."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.aws.resource_types import RESOURCE_TYPES

Versions = dict[tuple[str, str], str]
"""Versions of the provider, by type and argument, block or attribute."""


def _oldest_first(versions: Versions) -> Versions:
    return dict(sorted(versions.items(), key=lambda one: [int(number) for number in one[1].split(".")]))


SINCE = _oldest_first(
    {(type_, name): version for type_, known in RESOURCE_TYPES.items() for name, version in known.since.items()}
)
"""The newer names, and the version since which each exists, oldest first."""

DEPRECATED = _oldest_first(
    {(type_, name): version for type_, known in RESOURCE_TYPES.items() for name, version in known.deprecated.items()}
)
"""The names that still work, and the version that deprecates each."""


def least_versions(used: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each newer name among types and names, as `type.name`, and the least version of the provider with it."""
    yield from ((f"{type_}.{name}", version) for (type_, name), version in SINCE.items() if (type_, name) in used)
