"""Which versions of the AWS provider have the names that are generated."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from generator.aws.resource_types import RESOURCE_TYPES
from generator.hcl.version_constraints import Release, release

Versions = dict[tuple[str, str], str]
"""Versions of the provider, by type and argument, block or attribute."""

_TABLE = Path(__file__).parent / "since.json"


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


@functools.cache
def _told_by_packages() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return the newest version that lacks each newer name and the oldest one that has it, by its path."""
    table = json.loads(_TABLE.read_text("utf-8"))["since"]
    return {path: {name: (lacks, has) for name, (lacks, has) in names.items()} for path, names in table.items()}


def version_with(path: str, name: str, version: Release) -> str | None:
    """Return a version of the provider that has a name, where `version` lacks it for certain.

    `path` is a type, as `ProviderSchema` has it, and the names of the blocks that lead to a nested one. The name of a
    type itself is empty. Between the newest version that is known to lack a name and the oldest one that is known to
    have it, nothing is said.
    """
    if (path, name) in SINCE:
        since = SINCE[path, name]
        return since if version < release(since) else None
    lacks, has = _told_by_packages().get(path, {}).get(name, ("", ""))
    return has if lacks and version <= release(lacks) else None
