"""Environment variables that everyone can read."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.credentials import looks_like_a_credential
from generator.catalogue.paths import FileBelow
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.words import VARIABLE_NAME
from generator.hcl.write.text import whole_expression
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


def _an_expression_has_no_file(service: EnvironmentUse, shared: Shared) -> Iterator[Breach]:
    if service.environment_file and isinstance(service.environment, str):
        what = "tfgen cannot merge an expression with the variables of `environment_file`: Terraform alone evaluates it"
        entry = "{ name = name, value = tostring(value) }"
        item = f"${{[for name, value in {whole_expression(service.environment)} : {entry}]}}".replace("'", "''")
        yield Breach(("environment",), what, f"write it as a list under `environment_from`: `- '{item}'`")


class EnvironmentUse(Use):
    """Environment variables."""

    position = 50

    environment: dict[str, str] | str = setting(
        OrExpression(MappingOf(VARIABLE_NAME, AnyText())),
        "Environment variables, as strings; or an expression that is a mapping of them.",
        default={},
    )
    environment_file: str | None = setting(
        FileBelow(),
        "File of further environment variables, relative to the catalogue: lines `NAME=value`.",
        default=None,
        examples=("config/api.env",),
    )
    environment_from: tuple[str, ...] = setting(
        ListOf(OneExpression()),
        "Further environment variables: expressions that are lists of objects with `name` and `value`.",
        default=(),
    )

    rules = (
        Rule(
            "no-file-beside-an-expression",
            frozenset({"environment", "environment_file"}),
            "docs/catalogue.md",
            _an_expression_has_no_file,
        ),
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
