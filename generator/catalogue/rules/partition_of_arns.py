"""A written ARN is of the partition that the catalogue is for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.arns import fields
from generator.catalogue.model import Catalogue
from generator.catalogue.partition import AUTO, PARTITIONS
from generator.catalogue.permissions import as_tuple
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.service import Service
from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.catalogue.uses.permissions import PermissionsUse
from generator.catalogue.uses.policies import PoliciesUse
from generator.catalogue.uses.secrets import SecretsUse
from generator.settings.breach import Breach
from generator.settings.parts import Part
from generator.source.source import Key

_MAY_BE_ARNS = ("role", "execution_role", "log_group", "task_definition")
"""Settings of a service that may name what exists by its ARN, or by a mapping with it."""


def _every_arn_is_of_the_partition(catalogue: Catalogue) -> Iterator[Breach]:
    for key, text in _written_arns(catalogue) if catalogue.partition != AUTO else ():
        of_arn = fields(text)[1:2]
        if of_arn and of_arn[0] in PARTITIONS and of_arn[0] != catalogue.partition:
            what = f"this ARN is of the partition {of_arn[0]}, and the catalogue is for {catalogue.partition}"
            remedy = f"write `partition: {of_arn[0]}` at the top, or `partition: {AUTO}` for whichever it is"
            yield Breach(key, what, remedy)


def _written_arns(catalogue: Catalogue) -> Iterator[tuple[Key, str]]:
    """Yield texts that may be ARNs, with their entries."""
    yield from _arns_in(vars(catalogue).get("cluster"), ("cluster",))
    for container in catalogue.containers:
        for way, secret in container.all_kept if isinstance(container, SecretsUse) else ():
            yield (*container.place, *way), secret.value_from(container.names)
    for service in catalogue.rendered_services:
        for name in _MAY_BE_ARNS:
            yield from _arns_in(vars(service).get(name), (*service.place, name))
        yield from _granted(service)
        for front in service.in_front if isinstance(service, LoadBalancerUse) else ():
            yield from _arns_in(front.said.target_group, (*service.place, *front.key, "target_group"))


def _granted(service: Service) -> Iterator[tuple[Key, str]]:
    """Yield what its tasks are granted something on, and the policies that are attached to their role."""
    for access in service.all_accesses():
        if access.thing.arn:
            yield (*service.place, *access.way, "arn"), access.thing.arn
    for name, permission in service.permissions.items() if isinstance(service, PermissionsUse) else ():
        for index, resource in enumerate(as_tuple(permission.resources)):
            yield (*service.place, "permissions", name, "resources", index), resource
    for index, policy in enumerate(service.policies if isinstance(service, PoliciesUse) else ()):
        yield (*service.place, "policies", index), policy


def _arns_in(value: object, key: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Part) and isinstance(arn := vars(value).get("arn"), str):
        yield (*key, "arn"), arn


PARTITION_OF_ARNS = CatalogueRule(
    "partition-of-arns",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    _every_arn_is_of_the_partition,
)
