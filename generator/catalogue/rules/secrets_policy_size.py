"""The policy that lets ECS read all secrets of the module is as short as IAM demands.

The same ARNs stand in the execution role's inline policy. That one may be longer, and so it fits where this one does.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.model import Catalogue
from generator.catalogue.permissions import Statement
from generator.catalogue.policy_length import least_length, least_length_of_text
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.secrets import SecretsUse
from generator.settings.breach import Breach
from generator.source.source import Key


def _secrets_fit_into_their_policy(catalogue: Catalogue) -> Iterator[Breach]:
    secrets, parameters = catalogue.secret_arns, catalogue.parameter_arns
    length = least_length([*_statements(secrets, parameters, catalogue.key_arns)])
    if length > limits.MANAGED_POLICY_LENGTH:
        count = len(secrets) + len(parameters)
        what = (
            f"aws_iam_policy.task_execution_secrets has {length:,} characters or more, with {count} secrets and "
            f"parameters in it, and IAM allows {limits.MANAGED_POLICY_LENGTH:,}"
        )
        remedy = (
            "keep several values as JSON in one secret, and name each as `${aws_secretsmanager_secret.NAME.arn}:KEY::`"
        )
        yield Breach(_first_beyond(catalogue, length), what, remedy)


def _statements(secrets: list[str], parameters: list[str], keys: list[str]) -> Iterator[Statement]:
    if secrets:
        yield Statement(("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"), tuple(secrets))
    if parameters:
        yield Statement(("ssm:GetParameters",), tuple(parameters))
    if keys:
        yield Statement(("kms:Decrypt",), tuple(keys))


def _first_beyond(catalogue: Catalogue, length: int) -> Key:
    """Return the entry of the first secret that is too much: without it and all that follow, the policy fits."""
    entries: dict[str, Key] = {}
    for container in catalogue.containers:
        for variable, named in container.granted_arns.items() if isinstance(container, SecretsUse) else ():
            entries.setdefault(named, (*container.place, "secrets", variable))
    entry: Key = ()
    while entries and length > limits.MANAGED_POLICY_LENGTH:
        named, entry = entries.popitem()
        length -= least_length_of_text(f'"{named}",')
    return entry


SECRETS_POLICY_SIZE = CatalogueRule(
    "secrets-policy-size",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    _secrets_fit_into_their_policy,
)
