"""The inline policies of a role are together as short as IAM demands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.model import Catalogue
from generator.catalogue.policy_length import least_length
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach


def _inline_policies_fit(catalogue: Catalogue) -> Iterator[Breach]:
    lengths: dict[str, int] = {}
    services: dict[str, int] = {}
    for service in catalogue.rendered_services:
        key = service.names.key
        if isinstance(service, RoleUse) and service.statements:
            role = service.role_address
            before = lengths.get(role, 0)
            lengths[role] = before + least_length(service.statements)
            services[role] = services.get(role, 0) + 1
            if before <= limits.INLINE_POLICIES_LENGTH < lengths[role]:
                whose = f"the {services[role]} first services that share {role}" if services[role] > 1 else role
                what = (
                    f"the inline policies of {whose} have {lengths[role]:,} characters or more, and IAM allows "
                    f"{limits.INLINE_POLICIES_LENGTH:,} for a role"
                )
                remedy = (
                    "give some of them a role of their own with `role: own`" if services[role] > 1 else "grant less"
                )
                yield Breach(("services", key), what, remedy)


POLICY_SIZE = CatalogueRule(
    "policy-size",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    _inline_policies_fit,
)
