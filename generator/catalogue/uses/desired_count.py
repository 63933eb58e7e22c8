"""How many tasks an ECS service keeps."""

from __future__ import annotations

from generator.catalogue.use import Column, Scope, Use
from generator.settings.parts import setting
from generator.settings.values import Between, OrExpression


class DesiredCountUse(Use):
    """The number of tasks."""

    position = 100
    scope = Scope.ECS_SERVICE
    columns = (
        Column(30, "COUNT", lambda service, _: None if service.is_daemon else service.desired_count, is_number=True),
    )

    desired_count: int | str | None = setting(
        OrExpression(Between(0, 5000)),
        "Number of tasks.",
        default=1,
        writes=("aws_ecs_service.desired_count",),
        bare=None,
    )
