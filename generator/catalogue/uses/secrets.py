"""Environment variables from Secrets Manager and from parameters of Systems Manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.catalogue.arns import is_of_parameter, whole_secret
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Use
from generator.catalogue.uses.role import RoleUse
from generator.catalogue.words import NAME_IN_MODULE, VARIABLE_NAME, reference
from generator.settings.parts import MappingOf, setting


class SecretsUse(Use):
    """Environment variables that ECS reads from where they are kept, before the container starts."""

    position = 60
    draws = "secret"

    secrets: dict[str, str] = setting(
        MappingOf(VARIABLE_NAME, NAME_IN_MODULE),
        "Environment variables from Secrets Manager: a secret of the module, or the ARN of a secret or SSM parameter.",
        default={},
    )

    @property
    def secret_arns(self) -> dict[str, str]:
        """Environment variable to the ARN of its secret, as catalogue text."""
        return {name: reference(secret, "aws_secretsmanager_secret.{}.arn") for name, secret in self.secrets.items()}

    def needed_first(self) -> Iterator[str]:
        """A task does not start before its execution role may read its secrets."""
        if self.secrets and isinstance(self, RoleUse) and self.has_own_role:
            yield "aws_iam_role_policy_attachment.task_execution_secrets"

    def checks(self, shared: Shared) -> Iterator[Check]:
        for variable, secret in self.secrets.items():
            yield Check("The secret {} has a value ({})", (secret, variable))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for variable, arn in self.secret_arns.items():
            yield Drawn(SecretsUse.draws, arn, self.secrets[variable], "secret", (f"as {variable}",))


def secrets_of(services: Iterable[Use]) -> list[str]:
    """Return the ARNs of all secrets of Secrets Manager that services use, as catalogue text, each once."""
    return list(dict.fromkeys(whole_secret(arn) for arn in _arns_of(services) if not is_of_parameter(arn)))


def parameters_of(services: Iterable[Use]) -> list[str]:
    """Return the ARNs of all parameters of Systems Manager that services use, as catalogue text, each once."""
    return list(dict.fromkeys(filter(is_of_parameter, _arns_of(services))))


def _arns_of(services: Iterable[Use]) -> Iterator[str]:
    return (arn for one in services if isinstance(one, SecretsUse) for arn in one.secret_arns.values())
