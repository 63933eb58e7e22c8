"""An edit of the catalogue as a reviewer thinks of it: service by service, and what they share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.catalogue.service import Service, settings_of
from generator.catalogue.uses.role import RoleUse
from generator.changes.containers import ContainerChange, container_changes
from generator.changes.effects import BlockChange, Effect, of_resource
from generator.changes.fields import FieldChange, module_fields, service_fields
from generator.changes.grants import NOBODY, Others, services_by_role
from generator.changes.implied import Implied
from generator.changes.reach import Permission, Reach, reach_between
from generator.changes.resources import implied_between, kept_from_deletion, written_before
from generator.edition import Edition
from generator.hcl.addresses import within
from generator.hcl.nodes import ModuleNode, Nodes
from generator.hcl.values import Value

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class PartChange:
    """What changes of one service, or, under the name of none, of what the services share.

    `renamed_from` is a removed service with the same settings. `shares_role_with` are the services whose tasks run as
    the same role, and `task_role` is its address.
    """

    service: str
    state: str
    fields: list[FieldChange] = field(default_factory=list)
    containers: list[ContainerChange] = field(default_factory=list)
    blocks: list[BlockChange] = field(default_factory=list)
    gained: list[Permission] = field(default_factory=list)
    lost: list[Permission] = field(default_factory=list)
    renamed_from: str | None = None
    shares_role_with: Others = NOBODY
    task_role: str = ""

    @property
    def is_shared_gain(self) -> bool:
        """Whether others gain permissions too, since their tasks run as the same role."""
        return bool(self.shares_role_with.number) and any(one.role == self.task_role for one in self.gained)

    @property
    def gravest(self) -> BlockChange | None:
        """The change with the gravest meaning; a certain one is graver than one that may be."""
        return max(self.blocks, key=lambda change: (change.effect, change.is_certain), default=None)

    @property
    def meaning(self) -> str:
        """What the changes mean at run time, in words."""
        return self.gravest.meaning if self.gravest else Effect.NOTHING.words


@dataclass(frozen=True)
class Edit:
    """The way from one edition of a catalogue to another. Without one before, everything is added."""

    before: Edition | None
    after: Edition

    @cached_property
    def parts(self) -> list[PartChange]:
        """Every service that changes, those that are gone last, behind what they share."""
        found = [self._module(), *(self._service(key) for key in self._keys)]
        return [part for part in found if part.fields or part.blocks or part.gained or part.lost]

    @cached_property
    def services(self) -> list[PartChange]:
        """The parts that are services."""
        return [part for part in self.parts if part.service]

    @cached_property
    def implied(self) -> dict[str, Implied]:
        """What the edit implies for each resource that it may touch, by full address."""
        return implied_between(self.before, self.after)

    @cached_property
    def blocks(self) -> list[BlockChange]:
        """Every resource and output that changes, in the order of the text."""
        return [*(of_resource(address, one) for address, one in self.implied.items()), *self._outputs()]

    @cached_property
    def nodes_before(self) -> Nodes:
        """The blocks and locals that were rendered, with the override files of now merged over them."""
        return self.before.only_rendered(self.before.nodes_beside(self.after.companions)) if self.before else {}

    @cached_property
    def kept_from_deletion(self) -> dict[str, str]:
        """The blocks that AWS deletes only when they are empty, and the argument that changes that, by full address."""
        return kept_from_deletion(self.before, self.after, self.implied)

    def _outputs(self) -> Iterator[BlockChange]:
        old = _outputs_of(self.before.address, self.nodes_before) if self.before else {}
        new = _outputs_of(self.after.address, self.after.nodes)
        for address, node in new.items():
            if address not in old:
                yield BlockChange(address, ADDED, Effect.NOTHING)
            elif old[address] is not node and _value(old[address]) != _value(node):
                yield BlockChange(address, CHANGED, Effect.NOTHING)
        yield from (BlockChange(address, REMOVED, Effect.NOTHING) for address in old if address not in new)

    def _module(self) -> PartChange:
        return PartChange(
            service="",
            state=CHANGED if self.before else ADDED,
            fields=module_fields(self.before, self.after),
            blocks=self._blocks_by_owner.get("", []),
            gained=self._gained_by_owner.get("", []),
            lost=self._lost_by_owner.get("", []),
        )

    def _service(self, key: str) -> PartChange:
        old, new = self._services_before.get(key), self.after.catalogue.services.get(key)
        editions = self.before if old else None, self.after if new else None
        return PartChange(
            service=key,
            state=CHANGED if old and new else ADDED if new else REMOVED,
            fields=service_fields(*editions, key),
            containers=container_changes(*editions, key),
            blocks=self._blocks_by_owner.get(key, []),
            gained=self._gained_by_owner.get(key, []),
            lost=self._lost_by_owner.get(key, []),
            renamed_from=self._renamed_from(new) if new and not old else None,
            shares_role_with=self._sharing_role_with(key, new) if new else NOBODY,
            task_role=new.role_address if isinstance(new, RoleUse) else "",
        )

    def _sharing_role_with(self, key: str, service: Service) -> Others:
        if not isinstance(service, RoleUse) or not service.is_rendered:
            return NOBODY
        return Others.than(key, self._services_by_role[service.role_address])

    def _renamed_from(self, service: Service) -> str | None:
        return self._gone_by_settings.get(_settings_as_text(service))

    @cached_property
    def _gone_by_settings(self) -> dict[str, str]:
        """The first of the services that are gone, by what they set."""
        gone = [(key, one) for key, one in self._services_before.items() if key not in self.after.catalogue.services]
        return {_settings_as_text(service): key for key, service in reversed(gone)}

    @cached_property
    def _services_by_role(self) -> dict[str, list[str]]:
        return services_by_role(self.after.catalogue)

    @cached_property
    def _blocks_by_owner(self) -> dict[str, list[BlockChange]]:
        """The blocks that change, by their service; those of no service alone stand under no name."""
        found: dict[str, list[BlockChange]] = {}
        for change in self.blocks:
            found.setdefault(self._owners.get(change.address, ""), []).append(change)
        return found

    @cached_property
    def _owners(self) -> dict[str, str]:
        """The service that each block is of, by the block's full address."""
        editions = [edition for edition in (self.before, self.after) if edition]
        return {
            within(edition.address, block.address): service.names.key
            for edition in editions
            for service in edition.catalogue.rendered_services
            for block in edition.catalogue.blocks_of(service)
        }

    @cached_property
    def reach(self) -> Reach:
        """What roles may do that they could not do before, and what no longer, read from what is rendered."""
        return reach_between(written_before(self.before, self.after), self.after.module_nodes)

    @cached_property
    def _gained_by_owner(self) -> dict[str, list[Permission]]:
        return self._by_owner(self.reach.gained)

    @cached_property
    def _lost_by_owner(self) -> dict[str, list[Permission]]:
        return self._by_owner(self.reach.lost)

    def _by_owner(self, permissions: list[Permission]) -> dict[str, list[Permission]]:
        """Permissions by the service whose block says them; those of no service alone stand under no name."""
        found: dict[str, list[Permission]] = {}
        for permission in permissions:
            owner = self._owners.get(within(self.after.address, permission.block), "")
            found.setdefault(owner, []).append(permission)
        return found

    @property
    def _services_before(self) -> Mapping[str, Service]:
        return self.before.catalogue.services if self.before else {}

    @property
    def _keys(self) -> list[str]:
        return list(dict.fromkeys([*self.after.catalogue.services, *self._services_before]))


def _settings_as_text(service: Service) -> str:
    """Return what a service sets, the same for all that set the same."""
    return json.dumps(settings_of(service), sort_keys=True)


def _outputs_of(module: str, nodes: Nodes) -> dict[str, ModuleNode]:
    """Return each output by its full address."""
    return {within(module, node.address): node for node in nodes.values() if node.type == "output"}


def _value(output: ModuleNode) -> Value:
    return output.arguments.get("value")
