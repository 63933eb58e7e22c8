"""The condition under which a service is there at all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Scope, Use
from generator.settings.parts import setting
from generator.settings.values import OrExpression, Truth


def _told(service: WhenUse, shared: Shared) -> str | None:
    return "false" if service.when is False else None if service.is_there is True else str(service.when)


class WhenUse(Use):
    """A condition, for which each block of the service has `count`."""

    position = -10
    scope = Scope.ALL
    columns = (Column(90, "WHEN", _told, is_rare=True),)

    when: bool | str | None = setting(
        OrExpression(Truth()),
        "Whether it is there: `false` for nothing of it, or an expression, which Terraform evaluates.",
        default=None,
    )

    @property
    def is_there(self) -> bool | str:
        return True if self.when is None else self.when

    def checks(self, shared: Shared) -> Iterator[Check]:
        if isinstance(self.when, str):
            yield Check("The service {} is meant to be there where {} is true", (self.names.key, self.when))
