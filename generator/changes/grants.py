"""Permissions as a reviewer reads them: by role and resource, and with the services that share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.aws.iam_actions import changes_permissions, knows_resources, stands_for_several
from generator.aws.managed_policies import is_of_aws, is_wide_policy
from generator.aws.wildcards import names_several
from generator.catalogue.execution_reads import TO_START_TASKS
from generator.catalogue.model import Catalogue
from generator.catalogue.uses import all_profiles
from generator.catalogue.uses.role import RoleUse
from generator.changes.reach import EXCEPT, Permission, PermissionKind
from generator.errors import listed

_MOST_NAMED = 10

_IF = " if "
"""Before the condition of a statement."""

_TRUSTED = ("Service ecs-tasks.amazonaws.com", "Service scheduler.amazonaws.com")
"""The principals that may assume roles for tasks and their schedules."""


@dataclass(frozen=True)
class Grant:
    """The actions that a role may do on one resource."""

    role: str
    resource: str
    kind: PermissionKind
    actions: tuple[str, ...]

    def __str__(self) -> str:
        told = self.kind.value.format(", ".join(self.actions), self.resource)
        return f"{self.words}: {told}" if self.words else told

    @property
    def words(self) -> str:
        """What the actions are good for, said of tasks, as far as there are words for them."""
        if self.kind is not PermissionKind.STATEMENT:
            return ""
        return words_for([action for action in self.actions if not self._is_on_too_many(action)])

    @property
    def wide_part(self) -> Grant | None:
        """What of it a reviewer looks at first: it reaches far, or lets others in, or cannot be read."""
        match self.kind:
            case PermissionKind.STATEMENT:
                wide = tuple(filter(self._is_wide, self.actions))
                return replace(self, actions=wide) if wide else None
            case PermissionKind.MANAGED:
                return None if is_of_aws(self.resource) and not is_wide_policy(self.resource) else self
            case PermissionKind.TRUST:
                return None if self._without_condition in _TRUSTED else self
        return self

    def _is_wide(self, action: str) -> bool:
        return _reaches_far(action) or self._is_on_too_many(action)

    def _is_on_too_many(self, action: str) -> bool:
        """Tell whether an action is allowed on several things that IAM could tell apart."""
        starts_tasks = action in TO_START_TASKS and {*self.actions} >= {*TO_START_TASKS}
        return self._is_on_several and knows_resources(action) and not starts_tasks

    @property
    def _is_on_several(self) -> bool:
        resource = self._without_condition
        return names_several(resource) or resource.startswith(EXCEPT)

    @property
    def _without_condition(self) -> str:
        return self.resource.partition(_IF)[0]


def _reaches_far(action: str) -> bool:
    is_unread = action.startswith(EXCEPT) or "${" in action
    return is_unread or stands_for_several(action) or changes_permissions(action)


def words_for(actions: Sequence[str]) -> str:
    """Return what some actions are good for: `consume and send to the queue`."""
    verbs: dict[str, list[str]] = {}
    left = {*actions}
    for profile in all_profiles():
        if left & {*profile.actions} and {*actions} >= {*profile.actions}:
            verbs.setdefault(profile.of, []).append(profile.verb)
            left -= {*profile.actions}
    told = [f"{listed([*dict.fromkeys(some)], 'and')} {of}" for of, some in verbs.items()]
    return listed([*told, *(["do more"] if told and left else [])], "and") if told else ""


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
