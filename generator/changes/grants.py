"""What each role may do in two editions: the permissions gained and lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.catalogue.model import Catalogue
from generator.catalogue.permissions import SECRET_ACTIONS
from generator.catalogue.service import Service

EXECUTION_ROLE = "aws_iam_role.task_execution"


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


def sharing(catalogue: Catalogue, service: str) -> list[str]:
    """Return the other services whose tasks have the same role."""
    role = catalogue.services[service].role_address
    return [key for key, other in catalogue.services.items() if key != service and other.role_address == role]
