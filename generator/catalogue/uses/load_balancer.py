"""The load balancers in front of a service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.blocks import Block
from generator.catalogue.named import NameInAws, Told
from generator.catalogue.shared import Shared
from generator.catalogue.target_groups import TargetGroup
from generator.catalogue.use import Drawn, Rule, Scope, Use
from generator.catalogue.uses.launch import EXTERNAL, LaunchUse
from generator.catalogue.uses.port import TCP_PORT, PortUse
from generator.catalogue.words import CONTAINER_NAME, TARGET_GROUP, reference
from generator.settings.breach import Breach
from generator.settings.parts import OneOrMore, OrPart, Part, PartOf, setting
from generator.settings.values import Identifier
from generator.source.source import Key

_OF_ECS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html"
_TYPE = "aws_lb_target_group"


class LoadBalancer(Part):
    """A load balancer in front of a backend. Hand-written files declare it, with its listeners and their rules."""

    elsewhere = elsewhere.OF_A_LOAD_BALANCER

    target_group: str | TargetGroup = setting(
        OrPart(TARGET_GROUP, TargetGroup),
        "Name of an `aws_lb_target_group` of the module, an expression for any ARN, or a mapping for one to be made.",
    )
    listener: str | None = setting(
        Identifier(), "Name of the `aws_lb_listener` that must exist before the service.", default=None
    )
    rule: str | None = setting(
        Identifier(), "Name of the `aws_lb_listener_rule` that must exist before the service.", default=None
    )
    port: int | str | None = setting(TCP_PORT, "Port of the container, if not that of the service.", default=None)
    container: str | None = setting(
        CONTAINER_NAME, "The further container that is reached, if not the main one.", default=None
    )


@dataclass(frozen=True)
class InFront:
    """A load balancer in front of a service: the entry that says it, what it reaches, and its target group.

    `address` and `name` are those of a target group that is made: one that exists has none. The `port` is missing where
    the service has none and none is said.
    """

    key: Key
    said: LoadBalancer
    container: str
    port: int | str | None
    target_group_arn: str
    address: str = ""
    name: str = ""

    @property
    def target_group(self) -> TargetGroup | None:
        """The target group, if it is made."""
        return self.said.target_group if isinstance(self.said.target_group, TargetGroup) else None

    @property
    def label(self) -> str:
        """The name in Terraform of a target group that is made."""
        return self.address.rpartition(".")[2]

    @property
    def called(self) -> Told:
        """What a reader is told of the target group."""
        return NameInAws(self.address, self.name) if self.address else str(self.said.target_group)

    @property
    def needed_first(self) -> Iterator[tuple[str, str]]:
        """Type and name of what attaches the target group to its load balancer."""
        named = {"aws_lb_listener": self.said.listener, "aws_lb_listener_rule": self.said.rule}
        yield from ((type_, name) for type_, name in named.items() if name)

    @property
    def caption(self) -> str:
        listener = f" · listener {self.said.listener}" if self.said.listener else ""
        return f"target group{listener}" + (f" · rule {self.said.rule}" if self.said.rule else "")


def _ecs_takes_so_many(service: LoadBalancerUse, shared: Shared) -> Iterator[Breach]:
    if len(service.in_front) > limits.MOST_TARGET_GROUPS:
        what = f"{len(service.in_front)} target groups are too many: ECS takes {limits.MOST_TARGET_GROUPS}"
        yield Breach(("load_balancer",), what, f"remove {len(service.in_front) - limits.MOST_TARGET_GROUPS}")
    counted = Counter((one.target_group_arn, one.container, one.port) for one in service.in_front)
    for one in service.in_front:
        if counted[one.target_group_arn, one.container, one.port] > 1:
            counted[one.target_group_arn, one.container, one.port] = 1
            yield Breach(one.key, "another one has the same target group, container and port", "remove one of them")


def _tasks_can_be_reached(service: LoadBalancerUse, shared: Shared) -> Iterator[Breach]:
    if service.in_front and isinstance(service, LaunchUse) and service.launch == EXTERNAL:
        what = "ECS does not put load balancers in front of tasks on external machines"
        yield Breach(("load_balancer",), what, "remove it, or the launch type")


def _a_target_group_can_be_made(service: LoadBalancerUse, shared: Shared) -> Iterator[Breach]:
    is_sound = hasattr(shared, "network")  # whoever reads it tells of its errors
    made = [one for one in service.in_front if one.target_group]
    for one in made:
        if is_sound and shared.vpc is None:
            yield Breach((*one.key, "target_group"), "it needs the VPC of the tasks", "write `vpc:` under `network`")
        for breach in one.target_group.breaches() if one.target_group else ():
            yield breach._replace(key=(*one.key, "target_group", *breach.key))
    for one in made[1:]:
        if not isinstance(one.port, int):
            what = "it is the second one that is made for the service, and its port tells it from the first one"
            yield Breach((*one.key, "port"), what, "write the port in digits")


class LoadBalancerUse(Use):
    """The target groups of load balancers."""

    position = 0
    draws = "load balancer"
    scope = Scope.NAMED
    template = "target_groups"
    nameable = ("target_group",)
    resources = (_TYPE,)

    load_balancer: LoadBalancer | tuple[LoadBalancer, ...] | None = setting(
        OneOrMore(PartOf(LoadBalancer)),
        "The load balancer in front of it, or a list of several.",
        default=None,
        own=True,
        writes=("aws_ecs_service.load_balancer",),
    )

    rules = (
        Rule(
            "load-balancer-of-external-tasks",
            frozenset({"load_balancer", "launch"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html",
            _tasks_can_be_reached,
        ),
        Rule("target-groups", frozenset({"load_balancer", "port"}), _OF_ECS, _ecs_takes_so_many),
        Rule(
            "target-groups-to-make",
            frozenset({"load_balancer", "port"}),
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
            _a_target_group_can_be_made,
        ),
    )

    @cached_property
    def in_front(self) -> list[InFront]:
        """The load balancers in front of it, in the author's order."""
        said = self.load_balancer
        if said is None:
            return []
        if isinstance(said, LoadBalancer):
            return [self._in_front(("load_balancer",), said, is_first=True)]
        made = [one for one in said if isinstance(one.target_group, TargetGroup)][:1]
        return [self._in_front(("load_balancer", index), one, one in made) for index, one in enumerate(said)]

    def _in_front(self, key: Key, said: LoadBalancer, is_first: bool) -> InFront:
        container = self.names.called_in_definition(said.container) if said.container else self.names.container
        of_service = self.port if isinstance(self, PortUse) else None
        port = of_service if said.port is None else said.port
        if isinstance(said.target_group, str):
            arn = reference(said.target_group, f"{_TYPE}.{{}}.arn")
            return InFront(key, said, container, port, arn)
        address = f"{_TYPE}.{self.names.terraform}" + ("" if is_first else f"_{port}")
        name = self.names.target_group + ("" if is_first else f"-{port}")
        return InFront(key, said, container, port, self.names.attribute(address, "arn"), address, name)

    def own_blocks(self) -> Iterator[Block]:
        for one in self.in_front:
            if one.target_group:
                entry = (*self.place, *one.key, "target_group")
                yield Block(one.address, entry, one.name, self.names.named_at("target_group"))

    def needed_first(self) -> Iterator[str]:
        """A target group without a listener cannot take a service."""
        needed = dict.fromkeys(named for one in self.in_front for named in one.needed_first)
        yield from (f"{type_}.{name}" for type_, name in needed)

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for one in self.in_front:
            identity, container = f"{one.target_group_arn} {one.caption}", one.said.container or ""
            yield Drawn(
                LoadBalancerUse.draws, identity, one.called, one.caption, (f"port {one.port}",), True, container
            )
