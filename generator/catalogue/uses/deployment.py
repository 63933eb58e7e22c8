"""How an ECS service changes to a new revision."""

from __future__ import annotations

from generator.catalogue.use import Scope, Use
from generator.settings.parts import Part, PartOf, setting
from generator.settings.values import Between, Truth


class Deployment(Part):
    """How far a deployment may go below and above the desired count."""

    minimum_healthy_percent: int | None = setting(
        Between(0, 100), "Share of the desired count that stays healthy during a deployment.", default=None
    )
    maximum_percent: int | None = setting(
        Between(100, 200), "Share of the desired count that may run during a deployment.", default=None
    )

    @property
    def limits(self) -> dict[str, int]:
        """Those that are set, by their names in Terraform."""
        named = {
            "deployment_minimum_healthy_percent": self.minimum_healthy_percent,
            "deployment_maximum_percent": self.maximum_percent,
        }
        return {name: value for name, value in named.items() if value is not None}


class DeploymentUse(Use):
    """The limits of a deployment, and whether an apply waits for it."""

    position = 110
    scope = Scope.ECS_SERVICE

    deployment: Deployment | None = setting(PartOf(Deployment), "Limits of a rolling deployment.", default=None)
    wait_for_steady_state: bool = setting(Truth(), "Whether an apply waits for the service.", default=False)
