"""The port that a service listens on, and the load balancer in front of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import elsewhere
from generator.catalogue.shared import Shared
from generator.catalogue.use import Column, Drawn, Scope, Use
from generator.catalogue.words import NAME_IN_MODULE, reference
from generator.settings.parts import Part, PartOf, setting
from generator.settings.values import Between, Identifier, OrExpression


class LoadBalancer(Part):
    """The load balancer in front of a backend. Hand-written files declare its target group and listener."""

    elsewhere = elsewhere.OF_A_LOAD_BALANCER

    target_group: str = setting(
        NAME_IN_MODULE, "Name of an `aws_lb_target_group` of the module, or an expression for any ARN."
    )
    listener: str | None = setting(
        Identifier(), "Name of the `aws_lb_listener` that must exist before the service.", default=None
    )


class LoadBalancerUse(Use):
    """A port, and the target group of a load balancer where there is one."""

    position = 0
    draws = "load balancer"
    scope = Scope.NAMED
    columns = (Column(50, "PORT", lambda service, _: service.port, is_number=True),)

    port: int | str = setting(
        OrExpression(Between(1, 65535)),
        "TCP port that the container listens on.",
        own=True,
        writes=("container_definition.portMappings",),
    )
    load_balancer: LoadBalancer | None = setting(
        PartOf(LoadBalancer),
        "The load balancer in front of it.",
        default=None,
        own=True,
        writes=("aws_ecs_service.load_balancer",),
    )

    @property
    def target_group_arn(self) -> str | None:
        """ARN of the target group, as catalogue text."""
        if self.load_balancer is None:
            return None
        return reference(self.load_balancer.target_group, "aws_lb_target_group.{}.arn")

    def needed_first(self) -> Iterator[str]:
        """A target group without a listener cannot take a service."""
        if self.load_balancer and self.load_balancer.listener:
            yield f"aws_lb_listener.{self.load_balancer.listener}"

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.load_balancer:
            listener = self.load_balancer.listener
            caption = f"target group · listener {listener}" if listener else "target group"
            identity, group = f"{self.target_group_arn} {caption}", self.load_balancer.target_group
            yield Drawn(LoadBalancerUse.draws, identity, group, caption, (f"port {self.port}",), comes_before=True)
