"""Warns that all services with the module's role have the permissions of each of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach


def _no_permission_reaches_others(catalogue: Catalogue) -> Iterator[Breach]:
    services = catalogue.services
    sharing = [key for key, one in services.items() if isinstance(one, RoleUse) and not one.has_own_role]
    granting = [key for key in sharing if services[key].statements]
    for key in granting if len(sharing) > 1 else []:
        other = sharing[1] if sharing[0] == key else sharing[0]
        named = other if len(sharing) == 2 else f"{other} and {len(sharing) - 2} more"
        what = f"{named} may do everything that {key} may do: they share aws_iam_role.task"
        yield Breach(("services", key), what, "give it its own role with `role: own`", "warning")


SHARED_ROLE = CatalogueRule(
    "shared-role",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    _no_permission_reaches_others,
)
