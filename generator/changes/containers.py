"""The containers of two editions of a service side by side: which tasks have that they had not, and which no longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.layers import written_at
from generator.catalogue.use import Use
from generator.edition import Edition
from generator.errors import Position


@dataclass(frozen=True)
class ContainerChange:
    """A container beside the main one that is new or gone, and where the catalogue says, or said, that there is one."""

    name: str
    is_new: bool
    where: Position


def container_changes(before: Edition | None, after: Edition | None, service: str) -> list[ContainerChange]:
    """Return the further containers that a service has in one of two editions alone, those that are gone last."""
    old, new = _further_containers(before, service), _further_containers(after, service)
    return [*_lacking(new, old, after, is_new=True), *_lacking(old, new, before, is_new=False)]


def _further_containers(edition: Edition | None, service: str) -> dict[str, Use]:
    containers = edition.catalogue.services[service].all_containers[1:] if edition else ()
    return {container.names.container_key: container for container in containers}


def _lacking(
    some: dict[str, Use], others: dict[str, Use], edition: Edition | None, *, is_new: bool
) -> Iterator[ContainerChange]:
    for name, container in some.items():
        if name not in others and edition:
            key = written_at(edition.source, container.place)
            yield ContainerChange(name, is_new, edition.source.key_position(key))
