"""How an ECS service changes to a new revision."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from generator.catalogue import elsewhere
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Scope, Use
from generator.catalogue.uses.desired_count import DesiredCountUse
from generator.errors import plural
from generator.settings.breach import Breach
from generator.settings.parts import Part, PartOf, setting
from generator.settings.values import AtLeast, Between, OrExpression, Truth

_LEAST_HEALTHY, _MOST = 100, 200
"""Percentages that count where none are written. Source: Amazon ECS API, `DeploymentConfiguration`."""


class Deployment(Part):
    """How far a deployment may go below and above the desired count."""

    elsewhere = elsewhere.OF_A_DEPLOYMENT

    minimum_healthy_percent: int | str | None = setting(
        OrExpression(Between(0, 100)),
        "Share of the desired count that stays healthy during a deployment.",
        default=None,
        writes=("aws_ecs_service.deployment_minimum_healthy_percent",),
    )
    maximum_percent: int | str | None = setting(
        OrExpression(AtLeast(100)),
        "Share of the desired count that may run during a deployment.",
        default=None,
        writes=("aws_ecs_service.deployment_maximum_percent",),
    )

    @property
    def limits(self) -> dict[str, int | str]:
        """Those that are set, by their names in Terraform."""
        named = {
            "deployment_minimum_healthy_percent": self.minimum_healthy_percent,
            "deployment_maximum_percent": self.maximum_percent,
        }
        return {name: value for name, value in named.items() if value is not None}


def _a_deployment_can_proceed(service: DeploymentUse, shared: Shared) -> Iterator[Breach]:
    """Check that a deployment can start a new task or stop an old one: else it never ends."""
    if not (service.deployment and isinstance(service, DesiredCountUse)):
        return
    tasks = 1 if service.desired_count is None else service.desired_count
    least = _or_default(service.deployment.minimum_healthy_percent, _LEAST_HEALTHY)
    most = _or_default(service.deployment.maximum_percent, _MOST)
    if isinstance(tasks, str) or isinstance(least, str) or isinstance(most, str):
        return
    if _is_blocked(tasks, least, most):
        what = (
            f"no deployment can proceed: {least} % of {plural(tasks, 'task')} have to stay, "
            f"and no more than {most} % may run, so ECS can neither stop a task nor start one"
        )
        yield Breach(("deployment",), what, "raise `maximum_percent`, or lower `minimum_healthy_percent`", "warning")


def _or_default(percent: int | str | None, default: int) -> int | str:
    return default if percent is None else percent


def _is_blocked(tasks: int, least: int, most: int) -> bool:
    """ECS rounds what has to stay up, and what may run down."""
    return tasks > 0 and ceil(tasks * least / 100) >= tasks and floor(tasks * most / 100) <= tasks


class DeploymentUse(Use):
    """The limits of a deployment, and whether an apply waits for it."""

    position = 110
    scope = Scope.ECS_SERVICE

    deployment: Deployment | None = setting(PartOf(Deployment), "Limits of a rolling deployment.", default=None)
    wait_for_steady_state: bool | str = setting(
        OrExpression(Truth()),
        "Whether an apply waits for the service.",
        default=False,
        writes=("aws_ecs_service.wait_for_steady_state",),
    )

    rules = (
        Rule(
            "blocked-deployment",
            frozenset({"deployment", "desired_count"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
            _a_deployment_can_proceed,
        ),
    )
