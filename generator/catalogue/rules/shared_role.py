"""Warns that services with the same role have the permissions of each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.policies import first_granted
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach


def _no_permission_reaches_others(catalogue: Catalogue) -> Iterator[Breach]:
    services = {service.names.key: service for service in catalogue.rendered_services}
    by_role: defaultdict[str, list[str]] = defaultdict(list)
    for key, one in services.items():
        if isinstance(one, RoleUse) and one.role_address and not one.has_own_role:
            by_role[one.role_address].append(key)
    for role, sharing in by_role.items():
        granting = [key for key in sharing if first_granted(services[key])]
        for key in granting if len(sharing) > 1 else []:
            other = sharing[1] if sharing[0] == key else sharing[0]
            named = other if len(sharing) == 2 else f"{other} and {len(sharing) - 2} more"
            what = f"{named} may do everything that {key} may do: they share {role}"
            yield Breach(("services", key), what, "give it its own role with `role: own`", "warning")


SHARED_ROLE = CatalogueRule(
    "shared-role",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    _no_permission_reaches_others,
)
