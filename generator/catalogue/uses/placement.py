"""Where in the network a task runs."""

from __future__ import annotations

from generator.catalogue.use import Use
from generator.settings.parts import TextList, setting
from generator.settings.values import Truth


class PlacementUse(Use):
    """Subnets and security groups of the tasks: those of `network`, unless the service says otherwise."""

    position = 130

    subnets: tuple[str, ...] | str | None = setting(TextList(), "Subnets in place of those of `network`.", default=None)
    security_groups: tuple[str, ...] | str | None = setting(
        TextList(), "Security groups in place of those of `network`.", default=None
    )
    assign_public_ip: bool = setting(Truth(), "Whether the tasks get a public IP address.", default=False)
