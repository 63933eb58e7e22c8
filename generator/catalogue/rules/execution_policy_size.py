"""The policies that let ECS read what services need are as short as IAM demands.

The shared execution role has its secrets in a managed policy and in an inline one, an own role only in an inline one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from generator.aws import limits
from generator.catalogue.execution_reads import ServiceReads, statements_of_execution, statements_of_secrets
from generator.catalogue.model import Catalogue
from generator.catalogue.policy_length import least_length, least_length_of_text
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.service import Service
from generator.catalogue.uses.secrets import SecretsUse, parameters_of, secrets_of
from generator.settings.breach import Breach
from generator.source.source import Key

_SEVERAL_IN_ONE = (
    "keep several values as JSON in one secret, and name each as `${aws_secretsmanager_secret.NAME.arn}:KEY::`"
)
_OWN_ROLE = "give some services an execution role of their own with `execution_role: own`"


def _every_policy_fits(catalogue: Catalogue) -> Iterator[Breach]:
    sharing = [*catalogue.starting()]
    length = least_length([*statements_of_secrets(catalogue)])
    if length > limits.MANAGED_POLICY_LENGTH:
        yield _managed_policy_is_too_long(catalogue, sharing, length)
    else:
        yield from _inline_policy_fits("aws_iam_role_policy.exec_extra", sharing)
    for key, reads in catalogue.own_reads.items():
        if least_length([*statements_of_execution(reads)]) <= limits.INLINE_POLICIES_LENGTH:
            continue
        address = f"aws_iam_role_policy.exec_extra_{catalogue.services[key].names.terraform}"
        yield from _inline_policy_fits(address, [catalogue.services[key]])


def _managed_policy_is_too_long(catalogue: Catalogue, sharing: Sequence[Service], length: int) -> Breach:
    count = len(catalogue.secret_arns) + len(catalogue.parameter_arns)
    what = (
        f"aws_iam_policy.task_execution_secrets has {length:,} characters or more, with {count} secrets and "
        f"parameters in it, and IAM allows {limits.MANAGED_POLICY_LENGTH:,}"
    )
    remedy = f"{_SEVERAL_IN_ONE}; or {_OWN_ROLE}" if len(sharing) > 1 else _SEVERAL_IN_ONE
    return Breach(_first_beyond(sharing, length), what, remedy)


def _first_beyond(services: Sequence[Service], length: int) -> Key:
    """Return the entry of the first secret that is too much: without it and all that follow, the policy fits."""
    entries: dict[str, Key] = {}
    for service in services:
        for container in service.all_containers:
            for way, secret in container.all_kept if isinstance(container, SecretsUse) else ():
                entries.setdefault(secret.granted_arn(container.names), (*container.place, *way))
            for named in (*secrets_of([container]), *parameters_of([container])):
                entries.setdefault(named, container.place)
    entry: Key = ()
    while entries and length > limits.MANAGED_POLICY_LENGTH:
        named, entry = entries.popitem()
        length -= least_length_of_text(f'"{named}",')
    return entry


def _inline_policy_fits(address: str, services: Sequence[Service]) -> Iterator[Breach]:
    length = _inline_length(services)
    if length > limits.INLINE_POLICIES_LENGTH:
        counts = range(1, len(services) + 1)
        beyond = bisect_right(counts, limits.INLINE_POLICIES_LENGTH, key=lambda count: _inline_length(services[:count]))
        what = (
            f"{address} has {length:,} characters or more, and IAM allows {limits.INLINE_POLICIES_LENGTH:,} for a role"
        )
        yield Breach(
            ("services", services[beyond].names.key), what, _OWN_ROLE if len(services) > 1 else _SEVERAL_IN_ONE
        )


def _inline_length(services: Sequence[Service]) -> int:
    return least_length([*statements_of_execution(ServiceReads(tuple(services)))])


EXECUTION_POLICY_SIZE = CatalogueRule(
    "execution-policy-size",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    _every_policy_fits,
)
