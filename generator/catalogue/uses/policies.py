"""The managed policies that are attached to the role of a service's tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, count

from generator.aws import limits
from generator.catalogue.blocks import Block
from generator.catalogue.roles import POLICY_TO_ATTACH, arn_of_policy
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Rule, Section, Use
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, setting

_WRITTEN = re.compile(r"[\w+=,.@/:${}\[\]\"-]*", re.ASCII)
"""A policy, without what `blame` writes behind it."""

_WORD = re.compile(r"^AWS(?=[A-Z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+[0-9]*")
"""A word of a policy's name, such as `AWSXRayDaemonWriteAccess`."""

_NO_NAMES = re.compile(r"\b(?:data|var|local|module|aws_\w+|arn|id)\b")
"""What an expression for a policy holds beside names."""


def _no_more_than_aws_attaches(service: PoliciesUse, shared: Shared) -> Iterator[Breach]:
    if len(service.policies) > limits.MANAGED_POLICIES_OF_A_ROLE:
        what = f"AWS attaches no more than {limits.MANAGED_POLICIES_OF_A_ROLE} policies to a role"
        yield Breach(("policies",), what, "write some of what they allow as `permissions`")


class PoliciesUse(Use):
    """Managed policies: AWS's own, and those of the account."""

    position = 91
    draws = "policy"
    section = Section.PERMISSIONS
    template = "policies"
    resources = ("aws_iam_role_policy_attachment",)

    policies: tuple[str, ...] = setting(
        ListOf(POLICY_TO_ATTACH),
        "Managed policies that are attached to the role of the tasks: their ARNs, or the paths and names of AWS's.",
        default=(),
    )

    rules = (
        Rule(
            "policies-of-a-role",
            frozenset({"policies"}),
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
            _no_more_than_aws_attaches,
        ),
    )

    @cached_property
    def attached(self) -> dict[str, str]:
        """Terraform name of the attachment of each policy to a role that no other service has, and the policy's ARN."""
        return {} if _has_shared_role(self) else _named(f"task_{self.names.terraform}", self.policies_by_name)

    @property
    def policies_by_name(self) -> dict[str, str]:
        """Each of its policies as it is written, and its ARN, as catalogue text."""
        return {policy: arn_of_policy(policy, self.names.partition) for policy in self.policies}

    def own_blocks(self) -> Iterator[Block]:
        for name in self.attached:
            yield Block(f"aws_iam_role_policy_attachment.{name}", self.entry("policies"))

    def needed_first(self) -> Iterator[str]:
        """Yield what gives its tasks their policies, where their role is not the module's."""
        yield from (f"aws_iam_role_policy_attachment.{name}" for name in self.attached)

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for policy in self.policies:
            yield Drawn(PoliciesUse.draws, policy, policy, "managed policy", ("may do what is in",))


def attached_to_shared_role(services: Iterable[Use]) -> dict[str, str]:
    """Return the attachments of policies to the module's shared role: Terraform name to ARN.

    Each is there once: two of them would be one in AWS, and the end of either would take the policy from all.
    """
    policies: dict[str, str] = {}
    for service in services:
        if isinstance(service, PoliciesUse) and _has_shared_role(service):
            policies |= {name: arn for name, arn in service.policies_by_name.items() if name not in policies}
    return _named("task", policies)


def _named(beginning: str, policies: Mapping[str, str]) -> dict[str, str]:
    """Return attachments: policies of several accounts and paths may have one name, and get a number behind it."""
    found: dict[str, str] = {}
    for policy, arn in policies.items():
        name = f"{beginning}_{_as_name(policy)}"
        names = chain([name], (f"{name}_{number}" for number in count(2)))
        found[next(one for one in names if one not in found)] = arn
    return found


def _has_shared_role(service: PoliciesUse) -> bool:
    return isinstance(service, RoleUse) and service.has_shared_role


def _as_name(policy: str) -> str:
    """Return a policy as a part of a Terraform name: the last part of its own name, or the names in an expression."""
    found = _WRITTEN.match(policy)
    written = found.group() if found else ""
    last = _NO_NAMES.sub("", written) if "${" in written else written.rpartition("/")[2]
    return "_".join(word.lower() for word in _WORD.findall(last))
