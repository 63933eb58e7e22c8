"""What each role may do in two editions: the permissions gained and lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.catalogue.model import Catalogue
from generator.catalogue.permissions import SECRET_ACTIONS
from generator.catalogue.service import Service

EXECUTION_ROLE = "aws_iam_role.task_execution"

_MOST_NAMED = 10


@dataclass(frozen=True)
class Permission:
    """A role by its address in the module, and an action of IAM that it may do on a resource, as catalogue text."""

    role: str
    action: str
    resource: str


@dataclass(frozen=True)
class Grant:
    """The actions that a role may do on one resource."""

    role: str
    resource: str
    actions: tuple[str, ...]


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
        more = self.number - len(self.first)
        return [*self.first, f"{more} more"] if more else self.first


NOBODY = Others([], 0)


def grants(permissions: Iterable[Permission]) -> list[Grant]:
    """Gather permissions by role and resource, in their order."""
    found: dict[tuple[str, str], list[str]] = {}
    for permission in permissions:
        found.setdefault((permission.role, permission.resource), []).append(permission.action)
    return [Grant(role, resource, tuple(actions)) for (role, resource), actions in found.items()]


def granted_by(service: Service) -> Iterator[Permission]:
    """Yield what a service grants to the role of its tasks."""
    for statement in service.statements:
        for action in statement.actions:
            yield from (Permission(service.role_address, action, resource) for resource in statement.resources)


def granted_to_read_secrets(catalogue: Catalogue) -> Iterator[Permission]:
    """Yield what ECS may read to start the tasks."""
    for arn in catalogue.secret_arns:
        yield from (Permission(EXECUTION_ROLE, action, arn) for action in SECRET_ACTIONS)


def all_granted(catalogue: Catalogue) -> list[Permission]:
    """Return every permission of a module, each once, in the order of the catalogue."""
    of_tasks = [permission for service in catalogue.services.values() for permission in granted_by(service)]
    return list(dict.fromkeys([*of_tasks, *granted_to_read_secrets(catalogue)]))


def services_by_role(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the services whose tasks have each role, by the role's address."""
    found: dict[str, list[str]] = {}
    for key, service in catalogue.services.items():
        found.setdefault(service.role_address, []).append(key)
    return found
