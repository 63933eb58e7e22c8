"""The condition under which a service is there at all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Use
from generator.settings.parts import setting
from generator.settings.values import OrExpression, Truth


def _told(service: WhenUse, shared: Shared) -> str | None:
    if isinstance(service.when, str):
        return service.when
    return None if service.when else "false"


class WhenUse(Use):
    """A condition, for which each block of the service has `count`."""

    position = -10
    columns = (Column(90, "WHEN", _told, is_rare=True),)

    when: bool | str = setting(
        OrExpression(Truth()),
        "Whether it is there: `false` for nothing of it, or an expression, which Terraform evaluates.",
        default=True,
    )

    @property
    def is_there(self) -> bool | str:
        return self.when

    def checks(self, shared: Shared) -> Iterator[Check]:
        if isinstance(self.when, str):
            yield Check("The service {} is meant to be there where {} is true", (self.names.key, self.when))
