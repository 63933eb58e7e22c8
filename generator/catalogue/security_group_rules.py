"""What a security group lets through, as a catalogue says it, and as Terraform's blocks do."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.errors import Rejection
from generator.hcl.write.text import is_literal
from generator.settings.parts import ListOf, Part, setting
from generator.settings.values import Between, Choice, Matching, OrExpression, Text, ValueType, shown

_PORT = OrExpression(Between(0, 65535))
_EVERY_PROTOCOL = "-1"
_ALL, _ICMP = "all", ("icmp", "icmpv6")


class _Cidr(Text):
    """A range of addresses. What an expression comes to, Terraform alone knows."""

    def __init__(self, version: int) -> None:
        self._version = version

    def read(self, value: object) -> str:
        text = super().read(value)
        if is_literal(text):
            self._check(text)
        return text

    def _check(self, text: str) -> None:
        try:
            found = ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise Rejection(f"{shown(text)} is not a range of addresses", "write one such as `10.0.0.0/8`") from None
        if "/" not in text or str(found) != text:
            raise Rejection(f"{shown(text)} is not a range of addresses as AWS writes it", f"write `{found}`")
        if found.version != self._version:
            key = "cidr_blocks" if found.version == 4 else "ipv6_cidr_blocks"
            raise Rejection(f"{shown(text)} is of version {found.version} of IP", f"write it under `{key}`")


def _lists_of(item: ValueType[str]) -> OrExpression[tuple[str, ...]]:
    return OrExpression(ListOf(item, at_least=1))


class SecurityGroupRule(Part):
    """Traffic that a security group lets through: of some ports, from or to somebody."""

    elsewhere = elsewhere.OF_A_SECURITY_GROUP_RULE

    port: int | str | None = setting(_PORT, "The port, or the first one of several.", default=None)
    to_port: int | str | None = setting(_PORT, "The last port of several.", default=None)
    protocol: str | None = setting(
        OrExpression(Choice("tcp", "udp", *_ICMP, _ALL)), "Protocol; `all` for every one.", default=None
    )
    security_groups: tuple[str, ...] | str = setting(
        _lists_of(Matching(Text(), limits.SECURITY_GROUP_ID_PATTERN, "write its id, or `${...}` for it")),
        "Whose traffic: that of what has one of these security groups.",
        default=(),
    )
    cidr_blocks: tuple[str, ...] | str = setting(
        _lists_of(_Cidr(4)), "Whose traffic: that of these ranges of addresses.", default=(), examples=("10.0.0.0/8",)
    )
    ipv6_cidr_blocks: tuple[str, ...] | str = setting(
        _lists_of(_Cidr(6)), "The same with addresses of version 6 of IP.", default=(), examples=("2001:db8::/32",)
    )
    prefix_list_ids: tuple[str, ...] | str = setting(
        _lists_of(Text()), "The same with lists of prefixes of the VPC, by their ids.", default=()
    )
    description: str | None = setting(
        Matching(Text(), limits.RULE_DESCRIPTION_PATTERN, "use up to 255 of the characters that EC2 takes"),
        "What EC2 shows of it.",
        default=None,
    )

    @property
    def parties(self) -> dict[str, tuple[str, ...] | str]:
        """Argument to those whose traffic it is."""
        names = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")
        return {name: value for name in names if (value := getattr(self, name))}

    @property
    def has_every_port(self) -> bool:
        """Whether it says neither a port nor a protocol."""
        return self.port is None and self.to_port is None and self.protocol is None

    @property
    def is_without_ports(self) -> bool:
        """Whether its protocol has no ports, or is every one."""
        return self.protocol in (*_ICMP, _ALL)

    def passages(self, ports: Iterable[tuple[int | str, str]] = ()) -> Iterator[Passage]:
        """Yield what it lets through. Where it says no port, that is some ports, each with its protocol; or every one.

        Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
        """
        if not self.has_every_port:
            yield self._own_passage()
            return
        of_ports = [self._passage(port, port, protocol) for port, protocol in ports]
        yield from of_ports or [self._passage(0, 0, _EVERY_PROTOCOL)]

    def _own_passage(self) -> Passage:
        if self.protocol == _ALL:
            return self._passage(0, 0, _EVERY_PROTOCOL)
        if self.protocol in _ICMP:
            return self._passage(-1, -1, str(self.protocol))
        protocol = self.protocol or "tcp"
        if self.port is None:
            return self._passage(0, 65535, protocol)
        return self._passage(self.port, self.port if self.to_port is None else self.to_port, protocol)

    def _passage(self, from_port: int | str, to_port: int | str, protocol: str) -> Passage:
        return Passage(from_port, to_port, protocol, self.parties, self.description)


@dataclass(frozen=True)
class Passage:
    """A block of a security group: ports, a protocol, and by argument those whose traffic it is."""

    from_port: int | str
    to_port: int | str
    protocol: str
    parties: dict[str, tuple[str, ...] | str]
    description: str | None = None

    @property
    def words(self) -> str:
        """What is let through, in words."""
        if self.protocol == _EVERY_PROTOCOL:
            return "every port"
        if self.protocol in _ICMP:
            return self.protocol
        if (self.from_port, self.to_port) == (0, 65535):
            return f"every {self.protocol} port"
        ports = f"{self.from_port}" if self.from_port == self.to_port else f"{self.from_port} to {self.to_port}"
        return f"{self.protocol} port {ports}"

    @property
    def is_for_everybody(self) -> bool:
        """Whether it is the traffic of the whole internet."""
        return any(isinstance(found, tuple) and not _EVERYBODY.isdisjoint(found) for found in self.parties.values())


_EVERYBODY = frozenset({"0.0.0.0/0", "::/0"})

TO_EVERYBODY = Passage(0, 0, _EVERY_PROTOCOL, {"cidr_blocks": ("0.0.0.0/0",)})
"""What a security group of EC2 lets out by itself, and Terraform takes away."""
