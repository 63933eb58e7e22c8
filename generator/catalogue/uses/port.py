"""The port that a service listens on."""

from __future__ import annotations

from generator.catalogue.use import Column, Scope, Use
from generator.settings.parts import setting
from generator.settings.values import Between, OrExpression

TCP_PORT = OrExpression(Between(1, 65535))


class PortUse(Use):
    """A port of the main container."""

    position = -5
    scope = Scope.NAMED
    columns = (Column(50, "PORT", lambda service, _: service.port, is_number=True),)

    port: int | str = setting(
        TCP_PORT,
        "TCP port that the container listens on.",
        own=True,
        writes=("container_definition.portMappings",),
    )
