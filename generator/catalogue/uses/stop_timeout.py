"""How long a container has to stop."""

from __future__ import annotations

from generator.catalogue.use import Use
from generator.settings.parts import setting
from generator.settings.values import Between, OrExpression


class StopTimeoutUse(Use):
    """The time between the request to stop and the kill."""

    position = 30

    stop_timeout: int | str | None = setting(
        OrExpression(Between(0, 120)),
        "Seconds from the request to stop until the container is killed.",
        default=None,
        writes=("container_definition.stopTimeout",),
    )
