"""The check that ECS runs inside of the container."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import elsewhere
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.errors import Rejection
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, Part, PartOf, setting
from generator.settings.values import Between, OrExpression, Schema, Text, shown


class _Probe(ListOf[str]):
    """A command that says how it is run."""

    def __init__(self) -> None:
        super().__init__(Text(), at_least=1)

    def read(self, value: object) -> tuple[str, ...]:
        command = super().read(value)
        if command[0] not in ("CMD", "CMD-SHELL"):
            raise Rejection(f"{shown(command[0])} does not say how to run the check", "start with CMD or CMD-SHELL")
        return command

    def schema(self) -> Schema:
        return super().schema() | {"prefixItems": [{"enum": ["CMD", "CMD-SHELL"]}]}


class HealthCheck(Part):
    """The check that ECS runs inside of the container. Source of the limits: Amazon ECS API, `HealthCheck`."""

    elsewhere = elsewhere.OF_A_HEALTH_CHECK

    command: tuple[str, ...] | str | None = setting(
        OrExpression(_Probe()),
        "Starts with CMD or CMD-SHELL.",
        default=None,
        writes=("container_definition.healthCheck.command",),
    )
    interval: int | str | None = setting(
        OrExpression(Between(5, 300)),
        "Seconds between checks.",
        default=None,
        writes=("container_definition.healthCheck.interval",),
    )
    timeout: int | str | None = setting(
        OrExpression(Between(2, 60)),
        "Seconds until one fails.",
        default=None,
        writes=("container_definition.healthCheck.timeout",),
    )
    retries: int | str | None = setting(
        OrExpression(Between(1, 10)),
        "Failures until unhealthy.",
        default=None,
        writes=("container_definition.healthCheck.retries",),
    )
    start_period: int | str | None = setting(
        OrExpression(Between(0, 300)),
        "Seconds at the start in which failures do not count.",
        default=None,
        writes=("container_definition.healthCheck.startPeriod",),
    )

    @property
    def limits(self) -> dict[str, int | str]:
        """Those that are set, by their names in a container definition."""
        named = {
            "interval": self.interval,
            "timeout": self.timeout,
            "retries": self.retries,
            "startPeriod": self.start_period,
        }
        return {name: value for name, value in named.items() if value is not None}


def _it_has_a_command(service: HealthCheckUse, shared: Shared) -> Iterator[Breach]:
    """Check that there is a command. It may come from `defaults`, which need not have a complete check."""
    if service.health_check and service.health_check.command is None:
        what = "its health check has no `command`, and `defaults` has none for it"
        yield Breach((), what, "add `health_check.command` to the service or to `defaults`")


class HealthCheckUse(Use):
    """The check inside of the container."""

    position = 40

    health_check: HealthCheck | None = setting(PartOf(HealthCheck), "The check inside of the container.", default=None)

    rules = (
        Rule(
            "health-check-has-a-command",
            frozenset({"health_check"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
            _it_has_a_command,
        ),
    )
