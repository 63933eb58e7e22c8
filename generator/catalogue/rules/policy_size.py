"""The inline policies of a role are together as short as IAM demands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from generator.aws import limits
from generator.catalogue.model import Catalogue
from generator.catalogue.permissions import Statement
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach

_EXPRESSION = re.compile(r"\$\{[^{}]*\}")

_LEAST_LENGTHS = {
    "${data.aws_region.current.name}": len("eu-west-1"),
    "${data.aws_caller_identity.current.account_id}": len("123456789012"),
}
"""Characters that an expression comes to at least; any other may come to none."""


def _inline_policies_fit(catalogue: Catalogue) -> Iterator[Breach]:
    lengths: dict[str, int] = {}
    services: dict[str, int] = {}
    for key, service in catalogue.services.items():
        if isinstance(service, RoleUse) and service.statements:
            role = service.role_address
            before = lengths.get(role, 0)
            lengths[role] = before + _least_length(service.statements)
            services[role] = services.get(role, 0) + 1
            if before <= limits.INLINE_POLICIES_LENGTH < lengths[role]:
                whose = f"the {services[role]} first services that share {role}" if services[role] > 1 else role
                what = (
                    f"the inline policies of {whose} have {lengths[role]:,} characters or more, and IAM takes "
                    f"{limits.INLINE_POLICIES_LENGTH:,} for a role"
                )
                remedy = (
                    "give some of them a role of their own with `role: own`" if services[role] > 1 else "grant less"
                )
                yield Breach(("services", key), what, remedy)


def _least_length(statements: Sequence[Statement]) -> int:
    """Return how many characters a policy has at least, without white space, which IAM does not count."""
    written = [
        {"Effect": "Allow", "Action": _one_or_several(one.actions), "Resource": _one_or_several(one.resources)}
        for one in statements
    ]
    policy = json.dumps({"Version": "2012-10-17", "Statement": written}, separators=(",", ":"))
    return len(_EXPRESSION.sub(lambda found: "x" * _LEAST_LENGTHS.get(found.group(), 0), policy))


def _one_or_several(texts: Sequence[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)


POLICY_SIZE = CatalogueRule(
    "policy-size",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    _inline_policies_fit,
)
