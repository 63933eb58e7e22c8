"""The ports that a container listens on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.catalogue.uses.port import PortUse
from generator.errors import Rejection, likely
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, OrPart, Part, setting
from generator.settings.values import Between, Choice, Matching, OrExpression, Text, shown

_NUMBER = Between(1, 65535)
_OF_COMPOSE = re.compile(
    r"(?:[\w.:]*:)?[0-9]+:(?P<port>[0-9]+)(?:/(?P<protocol>tcp|udp))?|(?P<one>[0-9]+)/(?P<of>tcp|udp)"
)
"""A port of the host and one of the container, as Docker writes them."""


class _Number(OrExpression[int]):
    """A port, by its number."""

    def __init__(self) -> None:
        super().__init__(_NUMBER)

    def read(self, value: object) -> int | str:
        of_compose = _OF_COMPOSE.fullmatch(value) if isinstance(value, str) else None
        if of_compose:
            what = (
                f"{shown(value)} is a port as Docker writes it, and in the network of a task the host has the same one"
            )
            port, protocol = of_compose["port"] or of_compose["one"], of_compose["protocol"] or of_compose["of"]
            raise Rejection(
                what, f"write `{{port: {port}, protocol: udp}}`" if protocol == "udp" else f"write `{port}`"
            )
        return super().read(value)


class Port(Part):
    """A port that a container listens on."""

    elsewhere = elsewhere.OF_A_PORT

    port: int | str = setting(OrExpression(_NUMBER), "The port.")
    host_port: int | str | None = setting(
        OrExpression(Between(0, 65535)),
        "The port of the instance, in the network mode `bridge`; 0 for any, as without the key.",
        default=None,
    )
    protocol: str | None = setting(
        OrExpression(Choice("tcp", "udp")), "Protocol of transport.", default="tcp", bare=None
    )
    name: str | None = setting(
        Matching(
            Text(),
            limits.PORT_NAME_PATTERN,
            "use up to 64 lower-case letters, digits, `-` and `_`, and do not start with `-`",
        ),
        "Name by which Service Connect knows the port.",
        default=None,
        examples=("http",),
    )
    app_protocol: str | None = setting(
        OrExpression(Choice("http", "http2", "grpc")), "Protocol that Service Connect reads.", default=None
    )

    @property
    def port_of_bridge(self) -> int | str:
        """The port of the instance, where containers have a bridge to it."""
        return 0 if self.host_port is None else self.host_port

    @property
    def transport(self) -> str:
        """The protocol of transport: ECS takes tcp where none is written."""
        return self.protocol or "tcp"


def _a_load_balancer_reaches_a_port(service: PortsUse, shared: Shared) -> Iterator[Breach]:
    if isinstance(service, LoadBalancerUse):
        yield from reached_in_vain(service, service.all_containers)


def reached_in_vain(service: LoadBalancerUse, task: Iterable[Use]) -> Iterator[Breach]:
    """Yield a breach for each load balancer whose container, or its port, the containers of a task do not have."""
    containers = {container.names.container: container for container in task}
    for front in service.in_front:
        container = containers.get(front.container)
        if container is None:
            what = f"the task has no container `{front.container}`"
            yield Breach((*front.key, "container"), what, likely(front.container, containers))
        elif container.condition is not None:
            what = f"a task may be without the container `{front.container}`, and ECS refuses the service then"
            yield Breach((*front.key, "container"), what, "remove `when` of the container")
        elif front.said.container and front.said.port is None:
            yield Breach((*front.key, "container"), "its port is missing", "write `port:` beside it")
        elif front.port is not None and isinstance(container, PortsUse) and not container.may_have_port(front.port):
            what = f"the container `{container.names.container_key}` has no port {front.port}"
            yield Breach((*front.key, "port"), what, "add it to `ports` of the container")


class PortsUse(Use):
    """Ports. In the network of a task, or of its instance, a container's port is the host's too."""

    position = 15

    ports: tuple[int | str | Port, ...] = setting(
        ListOf(OrPart(_Number(), Port)),
        "Ports that the container listens on: numbers, or mappings that say more.",
        default=(),
        writes=("container_definition.portMappings",),
    )

    rules = (
        Rule(
            "port-behind-a-load-balancer",
            frozenset({"ports", "load_balancer", "port", "containers", "log_router"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
            _a_load_balancer_reaches_a_port,
        ),
    )

    def may_have_port(self, port: int | str) -> bool:
        """Tell whether a port may be among its own. What an expression comes to, Terraform alone knows."""
        known = [one.port for one in self.all_ports]
        said = vars(self).get("container_definition") or {}
        return port in known or "portMappings" in said or any(isinstance(one, str) for one in (port, *known))

    @property
    def all_ports(self) -> list[Port]:
        """The ports, each with all that is said of it; that of a load balancer first."""
        of_balancer: list[int | str] = [self.port] if isinstance(self, PortUse) else []
        return [one if isinstance(one, Port) else self._port(one) for one in (*of_balancer, *self.ports)]

    def _port(self, number: int | str) -> Port:
        return Port(port=number).in_bare() if self.is_bare else Port(port=number)
