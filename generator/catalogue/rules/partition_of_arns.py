"""A written ARN is of the partition that the catalogue is for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.arns import fields
from generator.catalogue.model import Catalogue
from generator.catalogue.partition import AUTO, PARTITIONS
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.secrets import SecretsUse
from generator.settings.breach import Breach


def _every_arn_is_of_the_partition(catalogue: Catalogue) -> Iterator[Breach]:
    for container in catalogue.containers if catalogue.partition != AUTO else ():
        for way, secret in container.all_kept if isinstance(container, SecretsUse) else ():
            of_arn = fields(secret.value_from(container.names))[1:2]
            if of_arn and of_arn[0] in PARTITIONS and of_arn[0] != catalogue.partition:
                what = f"this ARN is of the partition {of_arn[0]}, and the catalogue is for {catalogue.partition}"
                remedy = f"write `partition: {of_arn[0]}` at the top, or `partition: {AUTO}` for whichever it is"
                yield Breach((*container.place, *way), what, remedy)


PARTITION_OF_ARNS = CatalogueRule(
    "partition-of-arns",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    _every_arn_is_of_the_partition,
)
