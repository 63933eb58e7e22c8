"""Permissions as a reviewer reads them: by role and resource, and with the services that share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.catalogue.model import Catalogue
from generator.catalogue.uses.role import RoleUse
from generator.changes.reach import Permission, PermissionKind

_MOST_NAMED = 10


@dataclass(frozen=True)
class Grant:
    """The actions that a role may do on one resource."""

    role: str
    resource: str
    kind: PermissionKind
    actions: tuple[str, ...]

    def __str__(self) -> str:
        return self.kind.value.format(", ".join(self.actions), self.resource)


class Others(NamedTuple):
    """The other services of a group: the first of them, and how many there are.

    All of them, told for each service of a large group, would take the square of its size.
    """

    first: list[str]
    number: int

    @classmethod
    def than(cls, service: str, group: Sequence[str]) -> Others:
        """Return the services of a group without one of them."""
        first = [key for key in group[: _MOST_NAMED + 1] if key != service]
        return cls(first[:_MOST_NAMED], len(group) - 1)

    @property
    def names(self) -> list[str]:
        """The services in words: those that are not named are counted."""
        return [*self.first, *self.unnamed]

    @property
    def unnamed(self) -> list[str]:
        """How many more there are, in words, if any."""
        more = self.number - len(self.first)
        return [f"{more} more"] if more else []


NOBODY = Others([], 0)


def grants(permissions: Iterable[Permission]) -> list[Grant]:
    """Gather permissions by role, resource and kind, in their order."""
    found: dict[tuple[str, str, PermissionKind], list[str]] = {}
    for permission in permissions:
        found.setdefault((permission.role, permission.resource, permission.kind), []).append(permission.action)
    return [Grant(role, resource, kind, tuple(actions)) for (role, resource, kind), actions in found.items()]


def services_by_role(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the services whose tasks have each role, by the role's address."""
    found: dict[str, list[str]] = {}
    for service in catalogue.rendered_services:
        if isinstance(service, RoleUse):
            found.setdefault(service.role_address, []).append(service.names.key)
    return found
