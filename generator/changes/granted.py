"""What a service's own blocks let roles do, in words: read from what is rendered, once for all services."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from generator.catalogue.service import Service
from generator.catalogue.uses.policies import PoliciesUse
from generator.changes.grants import Grant, Others, grants, services_by_role
from generator.changes.reach import Permission, PermissionKind, permissions_in
from generator.edition import Edition

_OF_TRUST = (PermissionKind.TRUST, PermissionKind.UNREAD_TRUST)


class GrantedBlocks:
    """The permissions of a module's blocks. Who may assume a role is left out."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def lines(self, service: Service) -> Iterator[str]:
        """Yield what roles may do by a service's own blocks, a line each below the role."""
        for role, some in self._by_role(service).items():
            sharing = self._sharing.get(role, [service.names.key])
            others = Others.than(service.names.key, sharing).names
            yield ""
            yield f"{role} may" + (f" ({', '.join(others)} too)" if others else "")
            yield from (f"  {grant}" for grant in some)

    def _by_role(self, service: Service) -> dict[str, list[Grant]]:
        addresses = self._addresses(service) if service.is_rendered else []
        own = [one for address in addresses for one in self._by_block.get(address, ())]
        found: dict[str, list[Grant]] = {}
        for grant in grants(own):
            found.setdefault(grant.role, []).append(grant)
        return found

    def _addresses(self, service: Service) -> list[str]:
        """Return a service's own blocks, and what attaches its policies to the role that services share."""
        attached = service.attachments if isinstance(service, PoliciesUse) else ()
        own = (block.address for block in self._edition.catalogue.blocks_of(service))
        return list(dict.fromkeys([*own, *(f"aws_iam_role_policy_attachment.{name}" for name in attached)]))

    @cached_property
    def _sharing(self) -> dict[str, list[str]]:
        return services_by_role(self._edition.catalogue)

    @cached_property
    def _by_block(self) -> dict[str, list[Permission]]:
        found: dict[str, list[Permission]] = {}
        for permission in permissions_in(self._edition.module_nodes):
            if permission.kind not in _OF_TRUST:
                found.setdefault(permission.block, []).append(permission)
        return found
