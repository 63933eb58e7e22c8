"""Kind `backend`: listens on a port, behind a load balancer where it has one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.catalogue.service import NameInModule, Part, Service, Target, reference
from generator.catalogue.values import Between, Identifier, Integer, Text


class LoadBalancer(Part):
    """The load balancer in front of a backend; its target group and listener are the module's own files'."""

    target_group: Annotated[Text, NameInModule] = Field(
        description="Name of an `aws_lb_target_group` of the module, or an expression for any ARN."
    )
    listener: Identifier | None = Field(
        None, description="Name of the `aws_lb_listener` that must exist before the service."
    )


class Backend(Service):
    """A service that other programs connect to."""

    kind: Literal["backend"]
    port: Annotated[Integer, Between(1, 65535)] = Field(description="TCP port that the container listens on.")
    load_balancer: LoadBalancer | None = Field(None, description="The load balancer in front of it.")

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
