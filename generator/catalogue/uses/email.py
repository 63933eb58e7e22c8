"""The identities of SES that a service's tasks send email as."""

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
from generator.catalogue.existing import IDENTITIES
from generator.catalogue.use import Use
from generator.settings.parts import setting

SENDER = ThingSort(
    noun="identity",
    sort=IDENTITIES,
    arn="arn:{partition}:ses:{in_account}:identity/{name}",
    name=limits.SES_IDENTITY_PATTERN,
    remedy="use a domain, or an address",
    exists="The identity {} exists in the account and region that are applied to",
    profiles=(Profile("send", "send email as", "the identity", ("ses:SendEmail", "ses:SendRawEmail")),),
    elsewhere=elsewhere.OF_AN_IDENTITY,
)
"""Source: https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html."""


class EmailUse(Use):
    """Identities of SES: domains and addresses."""

    position = 85
    draws = "identity"
    profiles = SENDER.profiles

    email: ThingsSaid = setting(
        ThingsByName(SENDER), "Domains and addresses of SES, each with what the tasks may do as it.", default={}
    )

    def accesses(self) -> Iterator[Access]:
        yield from accesses_by_name(self.email, SENDER, "email", self.names)
