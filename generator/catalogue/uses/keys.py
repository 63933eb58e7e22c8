"""The keys of KMS that a service's tasks use themselves."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.access import (
    Access,
    Profile,
    ThingsByName,
    ThingSort,
    ThingsSaid,
    accesses_by_name,
)
from generator.catalogue.existing import KEYS
from generator.catalogue.use import Use
from generator.settings.parts import setting

KEY = ThingSort(
    noun="key",
    sort=KEYS,
    arn="arn:{partition}:kms:{in_account}:key/{name}",
    name=limits.KMS_KEY_ID_PATTERN,
    remedy="use its id, such as 1234abcd-12ab-34cd-56ef-1234567890ab, as IAM does not take an alias",
    exists="The key {} exists in the account and region that are applied to",
    profiles=(
        Profile("encrypt", "encrypt with", "the key", ("kms:Encrypt", "kms:GenerateDataKey")),
        Profile("decrypt", "decrypt with", "the key", ("kms:Decrypt",)),
        Profile("describe", "describe", "the key", ("kms:DescribeKey",)),
    ),
    elsewhere=elsewhere.OF_A_KEY,
)
"""Source: https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html."""


class KeysUse(Use):
    """Keys of KMS."""

    position = 84
    draws = "key"
    profiles = (*KEY.profiles, Profile("", "encrypt data with", "the key", ("kms:GenerateDataKey",)))

    keys: ThingsSaid = setting(
        ThingsByName(KEY), "Keys of KMS by their ids, each with what the tasks may do with it.", default={}
    )

    def accesses(self) -> Iterator[Access]:
        yield from accesses_by_name(self.keys, KEY, "keys", self.names)
