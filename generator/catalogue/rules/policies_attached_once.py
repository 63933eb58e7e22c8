"""Each managed policy is attached to a role once: in AWS, two attachments are one, and go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.aws import limits
from generator.catalogue.model import Catalogue
from generator.catalogue.roles import arn_of_policy
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.service import Service
from generator.catalogue.uses.policies import PoliciesUse, attachment_name
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach
from generator.settings.values import shown
from generator.source.source import Key


@dataclass
class _OfRole:
    """What is attached to a role: the first service with each policy, by ARN and by name, and how it writes it."""

    by_arn: dict[str, tuple[str, str]] = field(default_factory=dict)
    by_name: dict[str, tuple[str, str]] = field(default_factory=dict)


def _each_is_attached_once(catalogue: Catalogue) -> Iterator[Breach]:
    attached: dict[str, _OfRole] = {}
    for service in catalogue.rendered_services:
        if isinstance(service, PoliciesUse) and isinstance(service, RoleUse) and service.role_address:
            of_role = attached.setdefault(service.role_address, _OfRole())
            before = len(of_role.by_arn)
            for place, policy in enumerate(service.policies):
                entry: Key = (*service.place, "policies", place)
                if policy in service.policies[:place]:
                    yield Breach(entry, f"{shown(policy)} is listed twice", "keep one of them")
                else:
                    yield from _of_policy(service, entry, policy, of_role)
            if before <= limits.MANAGED_POLICIES_OF_A_ROLE < len(of_role.by_arn):
                what = (
                    f"AWS attaches no more than {limits.MANAGED_POLICIES_OF_A_ROLE} policies to {service.role_address}"
                )
                yield Breach((*service.place, "policies"), what, "write some of what they allow as `permissions`")


def _of_policy(service: Service, entry: Key, policy: str, of_role: _OfRole) -> Iterator[Breach]:
    own = (service.names.key, policy)
    key, written = of_role.by_arn.setdefault(arn_of_policy(policy, service.names.partition), own)
    _, alike = of_role.by_name.setdefault(attachment_name("", policy), own)
    has_shared_role = isinstance(service, RoleUse) and service.has_shared_role
    if written != policy and (key == service.names.key or has_shared_role):
        whose = "here" if key == service.names.key else f"in {key}"
        yield Breach(entry, f"{shown(written)} {whose} is the same policy", "write it one way, and once in a service")
    elif key != service.names.key and not has_shared_role:
        what = f"{key} attaches {shown(policy)} to the same role, and without either, both lose it"
        yield Breach(entry, what, "write it in one of them alone", "warning")
    elif alike != policy:
        what = f"its attachment would have the name of that of {shown(alike)}"
        yield Breach(entry, what, "attach one of them in a .tf file beside the generated ones")


POLICIES_ATTACHED_ONCE = CatalogueRule(
    "policies-attached-once",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html",
    _each_is_attached_once,
)
