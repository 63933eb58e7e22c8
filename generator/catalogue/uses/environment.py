"""Environment variables that everyone can read."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.credentials import looks_like_a_credential
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.words import VARIABLE_NAME
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, MappingOf, setting
from generator.settings.values import AnyText, OneExpression, OrExpression


def _no_credential_is_in_the_open(service: EnvironmentUse, shared: Shared) -> Iterator[Breach]:
    for name, value in service.known_variables.items():
        if looks_like_a_credential(name, value):
            what = "it looks like a credential, and everyone who may read the task definition can read it"
            remedy = "store it in Secrets Manager, and refer to it under `secrets`"
            yield Breach(("environment", name), what, remedy, "warning")


def _no_value_is_empty(service: EnvironmentUse, shared: Shared) -> Iterator[Breach]:
    for name, value in service.known_variables.items():
        if not value:
            what = "Fargate leaves out a variable with an empty value: the container does not get it"
            yield Breach(("environment", name), what, "write a value, or remove it", "warning")


class EnvironmentUse(Use):
    """Environment variables."""

    position = 50

    environment: dict[str, str] | str = setting(
        OrExpression(MappingOf(VARIABLE_NAME, AnyText())),
        "Environment variables, as strings; or an expression that is a mapping of them.",
        default={},
    )
    environment_from: tuple[str, ...] = setting(
        ListOf(OneExpression()),
        "Further environment variables: expressions that are lists of objects with `name` and `value`.",
        default=(),
    )

    rules = (
        Rule(
            "no-credential-in-the-open",
            frozenset({"environment"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-task-management.html",
            _no_credential_is_in_the_open,
        ),
        Rule(
            "no-empty-value",
            frozenset({"environment"}),
            "https://github.com/aws/amazon-ecs-agent/issues/2550",
            _no_value_is_empty,
        ),
    )

    @property
    def known_variables(self) -> dict[str, str]:
        """Those that the catalogue names; of an expression, none are known."""
        return {} if isinstance(self.environment, str) else self.environment
