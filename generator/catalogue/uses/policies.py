"""The managed policies that are attached to the role of a service's tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from generator.aws.managed_policies import is_wide_policy
from generator.catalogue.blocks import Block
from generator.catalogue.roles import POLICY_TO_ATTACH, arn_of_policy
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Rule, Section, Use
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, setting
from generator.settings.values import shown

_WRITTEN = re.compile(r"[\w+=,.@/:${}\[\]\"-]*", re.ASCII)
"""A policy, without what `blame` writes behind it."""

_WORD = re.compile(r"^AWS(?=[A-Z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+[0-9]*")
"""A word of a policy's name, such as `AWSXRayDaemonWriteAccess`."""

_NO_NAMES = re.compile(r"\b(?:aws_\w+|arn|id)\b")
"""What an expression for a policy holds beside names."""


def _each_reaches_not_far(service: PoliciesUse, shared: Shared) -> Iterator[Breach]:
    for place, (policy, arn) in enumerate(service.policies_by_name.items()):
        if is_wide_policy(arn):
            what = f"{shown(policy)} allows nearly all of something"
            yield Breach(("policies", place), what, "attach a narrower one, or write `permissions`", "warning")


class Attachment(NamedTuple):
    """A policy that is attached to a role, by its ARN, and the conditions one of which has to hold for that, if any."""

    arn: str
    conditions: tuple[str, ...]


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
            "policy-of-little",
            frozenset({"policies"}),
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
            _each_reaches_not_far,
        ),
    )

    @cached_property
    def attachments(self) -> dict[str, str]:
        """Terraform name of what attaches each policy to the role, and the policy's ARN."""
        beginning = "task" if _has_shared_role(self) else f"task_{self.names.terraform}"
        return {attachment_name(beginning, policy): arn for policy, arn in self.policies_by_name.items()}

    @property
    def attached(self) -> dict[str, str]:
        """The same of a role that no other service has: what attaches to the shared one is the module's."""
        return {} if _has_shared_role(self) else self.attachments

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


def attached_to_shared_role(services: Iterable[Use]) -> dict[str, Attachment]:
    """Return the attachments of policies to the module's shared role by their Terraform names.

    Each is there once: two of them would be one in AWS, and the end of either would take the policy from all.
    """
    found: dict[str, Attachment] = {}
    for service in services:
        if isinstance(service, PoliciesUse) and _has_shared_role(service):
            for name, arn in service.attachments.items():
                before = found.get(name)
                found[name] = _or(before, service.conditions) if before else Attachment(arn, service.conditions)
    return found


def _or(one: Attachment, conditions: tuple[str, ...]) -> Attachment:
    """Return an attachment that is there under further conditions too: without any, it always is."""
    both = one.conditions and conditions
    return one._replace(conditions=tuple(dict.fromkeys((*one.conditions, *conditions))) if both else ())


def attachment_name(beginning: str, policy: str) -> str:
    """Return the Terraform name of an attachment, which follows from the policy alone."""
    found = _WRITTEN.match(policy)
    written = found.group() if found else ""
    last = _NO_NAMES.sub("", written) if "${" in written else written.rpartition("/")[2]
    return "_".join([beginning, *(word.lower() for word in _WORD.findall(last))])


def first_granted(service: Use) -> str | None:
    """Return something that a service's tasks may do with their role, in words; none where there is nothing."""
    if service.statements:
        return service.statements[0].first_action
    if isinstance(service, PoliciesUse) and service.policies:
        return f"do what {service.policies[0]} allows"
    return None


def _has_shared_role(service: PoliciesUse) -> bool:
    return isinstance(service, RoleUse) and service.has_shared_role
