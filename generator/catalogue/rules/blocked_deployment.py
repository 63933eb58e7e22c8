"""A deployment can start a new task or stop an old one, or it never ends: a warning."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.deployment import DeploymentUse
from generator.catalogue.uses.desired_count import DesiredCountUse
from generator.errors import plural
from generator.settings.breach import Breach

_LEAST_HEALTHY, _MOST = 100, 200
"""Percentages that count where none are written. Source: Amazon ECS API, `DeploymentConfiguration`."""


def _every_deployment_can_proceed(catalogue: Catalogue) -> Iterator[Breach]:
    for key, service in catalogue.services.items():
        if isinstance(service, DeploymentUse) and isinstance(service, DesiredCountUse) and service.deployment:
            least = _or_default(service.deployment.minimum_healthy_percent, _LEAST_HEALTHY)
            most = _or_default(service.deployment.maximum_percent, _MOST)
            if _is_blocked(service.desired_count, least, most):
                what = (
                    f"no deployment can proceed: {least} % of {plural(service.desired_count, 'task')} have to stay, "
                    f"and no more than {most} % may run, so ECS can neither stop a task nor start one"
                )
                remedy = "raise `maximum_percent`, or lower `minimum_healthy_percent`"
                yield Breach(("services", key, "deployment"), what, remedy, "warning")


def _or_default(percent: int | None, default: int) -> int:
    return default if percent is None else percent


def _is_blocked(tasks: int, least: int, most: int) -> bool:
    """ECS rounds what has to stay up, and what may run down."""
    return tasks > 0 and ceil(tasks * least / 100) >= tasks and floor(tasks * most / 100) <= tasks


BLOCKED_DEPLOYMENT = CatalogueRule(
    "blocked-deployment",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
    _every_deployment_can_proceed,
)
