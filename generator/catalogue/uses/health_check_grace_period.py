"""How long after its start a task may be unhealthy."""

from __future__ import annotations

from generator.aws import limits
from generator.catalogue.use import Scope, Use
from generator.settings.parts import setting
from generator.settings.values import Between, OrExpression


class HealthCheckGracePeriodUse(Use):
    """The time in which ECS does not look at the health of a new task: of its container, or behind a load balancer."""

    position = 115
    scope = Scope.ECS_SERVICE

    health_check_grace_period: int | str | None = setting(
        OrExpression(Between(0, limits.GRACE_PERIOD)),
        "Seconds after the start of a task in which its health does not count.",
        default=None,
        writes=("aws_ecs_service.health_check_grace_period_seconds",),
    )
