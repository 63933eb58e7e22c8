"""The ports that a container listens on."""

from __future__ import annotations

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.use import Use
from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.settings.parts import ListOf, OrPart, Part, setting
from generator.settings.values import Between, Choice, Matching, OrExpression, Text

_PORT = OrExpression(Between(1, 65535))


class Port(Part):
    """A port that a container listens on."""

    elsewhere = elsewhere.OF_A_PORT

    port: int | str = setting(_PORT, "The port.")
    protocol: str = setting(OrExpression(Choice("tcp", "udp")), "Protocol of transport.", default="tcp")
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


class PortsUse(Use):
    """Ports. In the network of a task, a container's port is the host's too."""

    position = 15

    ports: tuple[int | str | Port, ...] = setting(
        ListOf(OrPart(_PORT, Port)),
        "Ports that the container listens on: numbers, or mappings that say more.",
        default=(),
        writes=("container_definition.portMappings",),
    )

    @property
    def all_ports(self) -> list[Port]:
        """The ports, each with all that is said of it; that of a load balancer first."""
        in_front = [Port(port=self.port)] if isinstance(self, LoadBalancerUse) else []
        return in_front + [one if isinstance(one, Port) else Port(port=one) for one in self.ports]
