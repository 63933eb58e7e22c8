"""Containers that run beside the main one of a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from generator.aws import limits
from generator.catalogue.adjustments import Adjustment
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Feature, Rule, Use
from generator.catalogue.uses.container import Container, FurtherContainer
from generator.catalogue.uses.container_definition import said_of_container
from generator.catalogue.uses.depends_on import COMPLETE, HEALTHY, SUCCESS, DependsOnUse
from generator.catalogue.uses.health_check import HealthCheckUse
from generator.catalogue.uses.mounts import MountsUse
from generator.catalogue.uses.network import NetworkUse
from generator.catalogue.uses.port import PortUse
from generator.catalogue.uses.ports import PortsUse
from generator.catalogue.words import CONTAINER_NAME
from generator.errors import listed, nearest
from generator.settings.breach import Breach
from generator.settings.parts import MappingOf, PartOf, setting
from generator.source.source import Key


def _each_keeps_the_rules_of_its_uses(service: ContainersUse, shared: Shared) -> Iterator[Breach]:
    for container in service.beside_main:
        for rule in container.all_rules():
            for breach in rule.breaches(container, shared):
                yield breach._replace(key=(*container.way, *breach.key))


def _each_has_a_name_of_its_own(service: ContainersUse, shared: Shared) -> Iterator[Breach]:
    main, *further = (one.names.container_key for one in service.all_containers)
    if main in further:
        what = "the main container has this name: it is the service's key"
        yield Breach(("containers", main), what, "write its settings in the service itself", at_key=True)
    chosen = service.names.container
    if chosen != main and chosen in further:
        yield Breach(("names", "container"), f"a further container has the name `{chosen}`", "choose another one")
    for name in {one for one in further if further.count(one) > 1}:
        yield Breach(("containers", name), "the log router has this name", "choose another one", at_key=True)
    if len(further) >= limits.MOST_CONTAINERS:
        what = f"a task has at most {limits.MOST_CONTAINERS} containers, and this one {len(further) + 1}"
        yield Breach(("containers",), what, "move some into another service")


def _it_waits_for_what_can_happen(service: ContainersUse, shared: Shared) -> Iterator[Breach]:
    found = _by_name(service)
    for name, container in found.items():
        for other, condition in container.depends_on.items():
            entry = (*container.way, "depends_on", other)
            if other == name:
                yield Breach(entry, "a container cannot wait for itself", "remove it", at_key=True)
            elif other in found:
                yield from _never(found[other], condition, entry)
            elif other not in service.containers:
                near = nearest(other, [one for one in (*found, *service.containers) if one != name])
                what = f"the task of {service.names.key} has no container `{other}`"
                yield Breach(entry, what, _instead_of(other, service, name, near), at_key=True)


def _instead_of(called: str, service: ContainersUse, name: str, near: str | None) -> str:
    """Return what the container of a name is to wait for in place of one that is not there."""
    others = [one for one in service.containers if one != name]
    if called == service.names.container:
        return f"write `{service.names.container_key}`: the catalogue calls the main container by the service's key"
    if near:
        return f"did you mean `{near}`?"
    instead = f"use {listed(others)}, or" if others else "write it under `containers`, or"
    return f"{instead} remove this: a null takes away what `defaults` say"


def _never(other: Use, condition: str, entry: Key) -> Iterator[Breach]:
    """Yield what keeps a condition from holding. Source: the API reference of ECS, `ContainerDependency`."""
    name = other.names.container_key
    said = said_of_container(other)
    has_check = (isinstance(other, HealthCheckUse) and other.health_check) or said.get("healthCheck")
    if condition == HEALTHY and not has_check:
        what = f"`{name}` has no health check, so that it never is healthy"
        yield Breach(entry, what, "write `health_check:` for it, or wait for its `START`")
    if condition in (COMPLETE, SUCCESS) and said.get("essential", other.is_essential) is True:
        what = f"`{name}` is essential: the task stops when it stops, and ECS refuses to wait for that"
        yield Breach(entry, what, f"write `essential: false` for `{name}`, or wait for its `START`")


def _by_name(service: ContainersUse) -> dict[str, DependsOnUse]:
    return {one.names.container_key: one for one in service.all_containers if isinstance(one, DependsOnUse)}


def _none_waits_in_a_circle(service: ContainersUse, shared: Shared) -> Iterator[Breach]:
    found = _by_name(service) if service.beside_main else {}
    waiting = {name: [other for other in _needed_by(one) if other != name] for name, one in found.items()}
    told: set[str] = set()
    for name in found:
        circle = _circle_from(name, waiting, told)
        if circle:
            told.update(circle)
            last, first = circle[-2:]
            way = ("depends_on", first) if first in found[last].depends_on else ("volumes_from",)
            entry = (*found[last].way, *way)
            what = f"these containers wait for each other, and none starts: {' → '.join(circle)}"
            yield Breach(entry, what, "remove one of these conditions", at_key=True)


def _needed_by(container: DependsOnUse) -> Iterator[str]:
    """Yield the containers that have to be there before one starts: ECS starts those first whose volumes it has."""
    yield from container.depends_on
    if isinstance(container, MountsUse):
        yield from (other.container for other in container.mounts_of_others)


def _circle_from(name: str, waiting: Mapping[str, Iterable[str]], told: set[str]) -> list[str]:
    """Return the containers of a circle that begins and ends with a name; nothing where there is none."""
    ways = [[name]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for other in waiting.get(way[-1], ()):
            if other == name and len(way) > 1 and name not in told:
                return [*way, name]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


def _each_port_is_of_one_container(service: ContainersUse, shared: Shared) -> Iterator[Breach]:
    """The containers of a task share its network."""
    held: defaultdict[tuple[object, object], list[Use]] = defaultdict(list)
    has_bridge = isinstance(service, NetworkUse) and service.has_bridge
    for container in service.all_containers:
        for port, protocol, way in _ports_of(container, has_bridge):
            holders = held[port, protocol] if isinstance(port, int) else []
            other = next((one for one in holders if not _exclude_each_other(one, container)), None)
            holders.append(container)
            if other:
                has_it = f"`{other.names.container_key}` has {protocol} port {port} already"
                shared_by_all = "the ports of their instance" if has_bridge else "its network"
                what = f"the containers of a task share {shared_by_all}, and {has_it}"
                yield Breach((*container.way, *way), what, "use another port")


def _exclude_each_other(one: Use, other: Use) -> bool:
    """Tell whether no task may have both: under two conditions, that is for Terraform to know."""
    return None not in (one.condition, other.condition) and one.condition != other.condition


def _ports_of(container: Use, has_bridge: bool) -> Iterator[tuple[object, object, Key]]:
    """Yield each port of the host that is certain, its protocol and the way to it: over a bridge, 0 is any."""
    if isinstance(container, PortsUse):
        of_balancer: list[Key] = [("port",)] if isinstance(container, PortUse) else []
        ways = [*of_balancer, *(("ports", index) for index in range(len(container.ports)))]
        for way, one in zip(ways, container.all_ports, strict=True):
            yield (one.port_of_bridge or None) if has_bridge else one.port, one.transport, way


def _some_container_is_essential(service: ContainersUse, shared: Shared) -> Iterator[Breach]:
    """Source: the API reference of ECS, `essential`: all tasks must have at least one essential container."""
    if all(said_of_container(one).get("essential", one.is_essential) is False for one in service.all_containers):
        what = "a task has at least one essential container, and this one has none"
        yield Breach(("container_definition", "essential"), what, "remove it")


class ContainersUse(Use):
    """Further containers, each with what the main one has."""

    position = 44

    containers: dict[str, Container] = setting(
        MappingOf(CONTAINER_NAME, PartOf(Container)), "Containers that run beside the main one, by name.", default={}
    )

    rules = (
        Rule(
            "rules-of-containers",
            frozenset({"containers"}),
            "docs/catalogue.md",
            _each_keeps_the_rules_of_its_uses,
        ),
        Rule(
            "name-of-a-container",
            frozenset({"containers"}),
            "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html",
            _each_has_a_name_of_its_own,
        ),
        Rule(
            "awaited-containers",
            frozenset({"containers", "depends_on", "health_check", "container_definition"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
            _it_waits_for_what_can_happen,
        ),
        Rule(
            "no-circle-of-containers",
            frozenset({"containers", "depends_on"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
            _none_waits_in_a_circle,
        ),
        Rule(
            "port-of-one-container",
            frozenset({"containers", "port", "ports"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
            _each_port_is_of_one_container,
        ),
        Rule(
            "one-essential-container",
            frozenset({"containers", "container_definition"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
            _some_container_is_essential,
        ),
    )

    @cached_property
    def named_containers(self) -> list[Container]:
        """Those that a task may have, with their names."""
        may_be_there = {name: one for name, one in self.containers.items() if one.when}
        return [one.with_names(replace(self.names, further_container=name)) for name, one in may_be_there.items()]

    @cached_property
    def beside_main(self) -> list[FurtherContainer]:
        """All that a task may have beside the main one, with their names."""
        return [one for one in self.all_containers if isinstance(one, FurtherContainer)]

    @property
    def any_is_conditional(self) -> bool:
        return any(one.condition for one in self.beside_main)

    def awaited_by(self, container: DependsOnUse) -> dict[str, str]:
        """Return the containers that one waits for, with what has to be so of each; without those that no task has."""
        found = {other.names.container_key for other in self.all_containers}
        called = self.names.called_in_definition
        return {called(name): condition for name, condition in container.depends_on.items() if name in found}

    def conditions_beside(self, container: Use) -> dict[str, str]:
        """Return the containers that tasks with a certain one may lack, with the expressions that say whether."""
        conditions = {other.names.container: other.condition for other in self.all_containers}
        return {name: one for name, one in conditions.items() if one and one != container.condition}

    def further_containers(self) -> Iterable[Use]:
        return self.named_containers

    def adjustments(self) -> Iterator[Adjustment]:
        return (said for container in self.beside_main for said in container.all_adjustments())

    def needs_account(self) -> bool:
        return any(container.asks_for_account() for container in self.beside_main)

    def checks(self, shared: Shared) -> Iterator[Check]:
        for container in self.beside_main:
            for check in container.all_checks(shared):
                yield check._replace(container=container.names.container_key)

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for container in self.beside_main:
            for drawn in container.all_drawn(shared):
                yield drawn._replace(container=container.names.container_key)

    def features(self, shared: Shared) -> Iterator[Feature]:
        for container in self.beside_main:
            image = container.image_reference(shared)
            told = f"{image}, where {container.condition}" if container.condition else image
            yield Feature(60, "container {}", told, container.names.container_key)
