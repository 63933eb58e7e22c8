"""Each managed policy is attached to a role once: in AWS, two attachments are one, and go together."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Catalogue
from generator.catalogue.roles import arn_of_policy
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.policies import PoliciesUse
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach
from generator.settings.values import shown
from generator.source.source import Key


def _each_is_attached_once(catalogue: Catalogue) -> Iterator[Breach]:
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for service in catalogue.rendered_services:
        if not (isinstance(service, PoliciesUse) and isinstance(service, RoleUse)):
            continue
        for index, policy in enumerate(service.policies):
            role = (service.role_address, arn_of_policy(policy, service.names.partition))
            key, other = first.setdefault(role, (service.names.key, policy))
            entry: Key = (*service.place, "policies", index)
            if key == service.names.key and service.policies.index(other) != index:
                yield Breach(entry, f"{shown(policy)} is listed twice", "keep one of them")
            elif service.has_shared_role and other != policy:
                yield Breach(entry, f"{key} writes it as {shown(other)}", "write it the same way")
            elif service.role_that_exists and key != service.names.key:
                what = f"{key} attaches {shown(policy)} to the same role, and without either, both lose it"
                yield Breach(entry, what, "write it in one of them alone", "warning")


POLICIES_ATTACHED_ONCE = CatalogueRule(
    "policies-attached-once",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html",
    _each_is_attached_once,
)
