"""Whether a user may open a shell in a task."""

from __future__ import annotations

from generator.catalogue.use import Scope, Use
from generator.settings.parts import setting
from generator.settings.values import OrExpression, Truth


class ExecuteCommandUse(Use):
    """ECS Exec."""

    position = 120
    scope = Scope.ECS_SERVICE

    execute_command: bool | str | None = setting(
        OrExpression(Truth()),
        "Whether `aws ecs execute-command` works.",
        default=True,
        writes=("aws_ecs_service.enable_execute_command",),
        bare=None,
    )
