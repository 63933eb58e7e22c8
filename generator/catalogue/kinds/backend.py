"""Kind `backend`: listens on a port, behind a load balancer where it has one."""

from __future__ import annotations

from generator.catalogue.service import NAME_IN_MODULE, Service, Target, reference
from generator.settings.parts import Part, PartOf, setting
from generator.settings.values import Between, Identifier


class LoadBalancer(Part):
    """The load balancer in front of a backend; its target group and listener are the module's own files'."""

    target_group: str = setting(
        NAME_IN_MODULE, "Name of an `aws_lb_target_group` of the module, or an expression for any ARN."
    )
    listener: str | None = setting(
        Identifier(), "Name of the `aws_lb_listener` that must exist before the service.", None
    )


class Backend(Service):
    """A service that other programs connect to."""

    port: int = setting(Between(1, 65535), "TCP port that the container listens on.")
    load_balancer: LoadBalancer | None = setting(PartOf(LoadBalancer), "The load balancer in front of it.", None)

    @property
    def target(self) -> Target | None:
        """Its target group, and the port that is registered there."""
        if self.load_balancer is None:
            return None
        group = self.load_balancer.target_group
        arn = reference(group, "aws_lb_target_group.{}.arn")
        return Target(group, arn, self.load_balancer.listener, self.port)

    @property
    def target_group_arn(self) -> str | None:
        """ARN of the target group, as catalogue text."""
        return self.target.arn if self.target else None

    @property
    def dependencies(self) -> list[str]:
        """A target group without a listener cannot take a service."""
        if self.load_balancer is None or self.load_balancer.listener is None:
            return super().dependencies
        return [f"aws_lb_listener.{self.load_balancer.listener}", *super().dependencies]
