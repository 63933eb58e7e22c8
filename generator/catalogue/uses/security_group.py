"""A security group of a service's own, and what it lets through."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import elsewhere
from generator.catalogue.blocks import Block
from generator.catalogue.named import NameInAws
from generator.catalogue.security_group_rules import TO_EVERYBODY, Passage, SecurityGroupRule
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Feature, Rule, Scope, Use
from generator.catalogue.uses.ports import PortsUse
from generator.settings.breach import Breach
from generator.settings.parts import MappingOf, Part, PartOf, setting
from generator.settings.values import Key

_OF_EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html"


class SecurityGroup(Part):
    """A security group that the tasks have beside others: what may come in, and what may go out."""

    elsewhere = elsewhere.OF_A_SECURITY_GROUP

    ingress: dict[str, SecurityGroupRule] = setting(
        MappingOf(Key(), PartOf(SecurityGroupRule)),
        "What may come in, by names of your choice: without a port, what goes to the service's ports.",
        default={},
        writes=("aws_security_group.ingress",),
    )
    egress: dict[str, SecurityGroupRule] | None = setting(
        MappingOf(Key(), PartOf(SecurityGroupRule)),
        "What may go out, by names of your choice: without a port, everything.",
        default=None,
        writes=("aws_security_group.egress",),
    )

    def rules_by_way(self) -> Iterator[tuple[tuple[str, str], SecurityGroupRule]]:
        """Yield each rule, with the way to it."""
        for direction, rules in (("ingress", self.ingress), ("egress", self.egress or {})):
            yield from (((direction, name), rule) for name, rule in rules.items())


def _a_vpc_is_named(service: SecurityGroupUse, shared: Shared) -> Iterator[Breach]:
    is_sound = hasattr(shared, "network")  # whoever reads it tells of its errors
    if service.security_group and is_sound and shared.vpc is None:
        yield Breach(("security_group",), "it needs the VPC of the tasks", "write `vpc:` under `network`")


def _a_rule_lets_something_through(service: SecurityGroupUse, shared: Shared) -> Iterator[Breach]:
    if service.security_group is None:
        return
    for way, rule in service.security_group.rules_by_way():
        yield from (one._replace(key=("security_group", *way, *one.key)) for one in _breaches_of(rule))
        if way[0] == "ingress" and rule.has_every_port and not service.ports_let_in:
            what = "the service has no port that could be meant"
            yield Breach(("security_group", *way), what, "write `port:`, or `protocol: all` for every port")


def _breaches_of(rule: SecurityGroupRule) -> Iterator[Breach]:
    if not rule.parties:
        yield Breach((), "it names nobody", "write `security_groups:` or `cidr_blocks:`")
    if rule.port is not None and rule.is_without_ports:
        yield Breach(("port",), f"`protocol: {rule.protocol}` has no ports", "remove one of them")
    if rule.to_port is not None and rule.port is None:
        yield Breach(("to_port",), "it is the last port of several, and the first one is missing", "write `port:` too")
    elif isinstance(rule.port, int) and isinstance(rule.to_port, int) and rule.to_port < rule.port:
        yield Breach(("to_port",), f"{rule.to_port} is less than the first port", f"use {rule.port} or more")


def _its_name_is_taken_by_ec2(service: SecurityGroupUse, shared: Shared) -> Iterator[Breach]:
    name = service.names.security_group
    if service.security_group and name.startswith("sg-"):
        what = f"the name {name} of its security group begins like the id of one, which EC2 does not take"
        yield Breach(("security_group",), what, "choose another one: `names: {security_group: …}`")


class SecurityGroupUse(Use):
    """A security group that tfgen makes for the tasks of one service. They have those of `security_groups` too."""

    position = 132
    scope = Scope.ALL
    template = "security_group"
    nameable = ("security_group",)
    resources = ("aws_security_group",)

    security_group: SecurityGroup | None = setting(
        PartOf(SecurityGroup), "A security group of its own, and what that lets through.", default=None
    )

    rules = (
        Rule("vpc-of-a-security-group", frozenset({"security_group"}), _OF_EC2, _a_vpc_is_named),
        Rule(
            "security-group-rules",
            frozenset({"security_group", "ports"}),
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
            _a_rule_lets_something_through,
        ),
        Rule("name-of-a-security-group", frozenset({"security_group"}), _OF_EC2, _its_name_is_taken_by_ec2),
    )

    @property
    def ports_let_in(self) -> list[tuple[int | str, str]]:
        """The ports that its main container listens on, each with its protocol."""
        return [(port.port, port.transport) for port in self.all_ports] if isinstance(self, PortsUse) else []

    @property
    def let_in(self) -> list[Passage]:
        """What its own security group lets in."""
        rules = self.security_group.ingress.values() if self.security_group else ()
        return [passage for rule in rules for passage in rule.passages(self.ports_let_in)]

    @property
    def let_out(self) -> list[Passage]:
        """What its own security group lets out: everything, where nothing is said of it."""
        rules = self.security_group.egress if self.security_group else {}
        return [TO_EVERYBODY] if rules is None else [one for rule in rules.values() for one in rule.passages()]

    @property
    def _security_group_in_aws(self) -> NameInAws:
        return NameInAws(f"aws_security_group.{self.names.terraform}", self.names.security_group)

    def own_blocks(self) -> Iterator[Block]:
        if self.security_group:
            name, named_at = self._security_group_in_aws, self.names.named_at("security_group")
            yield Block(name.address, self.entry("security_group"), name.by_catalogue, named_at)

    def checks(self, shared: Shared) -> Iterator[Check]:
        for passage in self.let_in:
            if passage.is_for_everybody:
                yield Check("Everybody may reach {} of {}", (passage.words, self.names.key))

    def features(self, shared: Shared) -> Iterator[Feature]:
        if self.security_group:
            yield Feature(50, "security group", self._security_group_in_aws)
