"""Whether an ECS service keeps a number of tasks, or one on each instance."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Scope, Use
from generator.catalogue.uses.deployment import DeploymentUse
from generator.catalogue.uses.launch import runs_on_fargate, with_launch
from generator.catalogue.uses.placement import PlacementUse
from generator.settings.breach import Breach
from generator.settings.parts import given_settings, setting
from generator.settings.values import Choice

_DAEMON = "DAEMON"
_COUNT = "desired_count"


def _a_daemon_runs_on_each_instance(service: SchedulingUse, shared: Shared) -> Iterator[Breach]:
    if not service.is_daemon:
        return
    if runs_on_fargate(service):
        what = "Fargate has no instances, and a daemon runs once on each"
        yield Breach(("scheduling",), what, "remove it, or set `launch: EC2`")
    if _COUNT in given_settings(service):
        what = "a daemon runs once on each instance"
        yield Breach((_COUNT,), what, f"remove it; `{_COUNT}: null` in the service takes an inherited one away")
    if isinstance(service, PlacementUse) and service.placement and service.placement.strategy:
        what = "a daemon runs on each instance, and ECS does not take a strategy"
        yield Breach(("placement", "strategy"), what, "remove it; `constraints` say on which ones it runs")


def _a_daemon_has_no_maximum(service: SchedulingUse, shared: Shared) -> Iterator[Breach]:
    limits = service.deployment if isinstance(service, DeploymentUse) else None
    if service.is_daemon and limits and limits.maximum_percent is not None:
        what = "an instance runs a daemon once, also during a deployment"
        yield Breach(("deployment", "maximum_percent"), what, "remove it")


class SchedulingUse(Use):
    """Replicas, or a daemon."""

    position = 105
    scope = Scope.ECS_SERVICE

    scheduling: str | None = setting(
        Choice("REPLICA", _DAEMON),
        "`REPLICA` for a number of tasks, as without the key; `DAEMON` for one task on each instance.",
        default=None,
        writes=("aws_ecs_service.scheduling_strategy",),
    )

    rules = (
        Rule(
            "daemon-on-instances",
            with_launch("scheduling", _COUNT, "placement"),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
            _a_daemon_runs_on_each_instance,
        ),
        Rule(
            "maximum-of-a-daemon",
            frozenset({"scheduling", "deployment"}),
            "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
            _a_daemon_has_no_maximum,
        ),
    )

    @property
    def is_daemon(self) -> bool:
        return self.scheduling == _DAEMON

    def without_defaults(self) -> Collection[str]:
        return {_COUNT} - given_settings(self) if self.is_daemon else ()
