"""Environment variables from Secrets Manager."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Use
from generator.catalogue.words import NAME_IN_MODULE, VARIABLE_NAME, reference
from generator.settings.parts import MappingOf, setting

_PART_OF_SECRET = re.compile(r"(\$\{.*\}):[^:{}]*:[^:{}]*:[^:{}]*", re.DOTALL)
"""An ARN with the key of a JSON document in the secret, a version's stage, and its id.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html.
"""


class SecretsUse(Use):
    """Environment variables that ECS reads from Secrets Manager before the container starts."""

    position = 60
    draws = "secret"

    secrets: dict[str, str] = setting(
        MappingOf(VARIABLE_NAME, NAME_IN_MODULE),
        "Environment variables from Secrets Manager: a secret of the module, or any ARN.",
        default={},
    )

    @property
    def secret_arns(self) -> dict[str, str]:
        """Environment variable to the ARN of its secret, as catalogue text."""
        return {name: reference(secret, "aws_secretsmanager_secret.{}.arn") for name, secret in self.secrets.items()}

    def checks(self, shared: Shared) -> Iterator[Check]:
        for variable, secret in self.secrets.items():
            yield Check("The secret {} has a value ({})", (secret, variable))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for variable, arn in self.secret_arns.items():
            yield Drawn(SecretsUse.draws, arn, self.secrets[variable], "secret", (f"as {variable}",))


def secrets_of(services: Iterable[Use]) -> list[str]:
    """Return the ARNs of all secrets that services use, as catalogue text, each once."""
    arns = (arn for one in services if isinstance(one, SecretsUse) for arn in one.secret_arns.values())
    return list(dict.fromkeys(map(_whole_secret, arns)))


def _whole_secret(arn: str) -> str:
    """Return the ARN that IAM knows a secret by, given one of the secret or of a part of it, as catalogue text."""
    part = _PART_OF_SECRET.fullmatch(arn)
    return part.group(1) if part else arn
