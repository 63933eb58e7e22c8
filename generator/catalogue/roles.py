"""Roles of a service's tasks: words for those that the module makes, and what names one that exists."""

from __future__ import annotations

import re

from generator.catalogue import elsewhere
from generator.catalogue.existing import ROLES, ArnOfExisting, Existing, NameOfExisting, existing, existing_by_arn
from generator.catalogue.words import check_attribute
from generator.errors import Rejection
from generator.hcl.write.text import whole_expression
from generator.settings.parts import ListOf, Part, setting
from generator.settings.values import Choice, Schema, Text, ValueType, shown

SHARED, OWN = "shared", "own"

PULLS_AND_LOGS = "AmazonECSTaskExecutionRolePolicy"
"""AWS's policy that lets ECS pull images from ECR and write logs.

Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html.
"""

_POLICY = re.compile(r"arn:[^:]+:iam::[^:]*:policy/.+|(?:[\w+=,.@-]+/)*[\w+=,.@-]+")


class WordOrRole(ValueType[str]):
    """`shared` or `own` for a role that the module makes, or the ARN of one that exists, or an expression for it."""

    def __init__(self) -> None:
        self._word, self._existing = Choice(SHARED, OWN), NameOfExisting(ROLES)

    def read(self, value: object) -> str:
        if not (isinstance(value, str) and value.startswith(("arn:", "${"))):
            return self._word.read(value)
        text = self._existing.read(value)
        if not text.startswith("arn:") and whole_expression(text) is None:
            raise Rejection(f"{shown(text)} is not the ARN of a role", "write the ARN, or one `${...}` for it")
        return text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": rf"^(?:{SHARED}|{OWN})$|^arn:|^\$\{{"}


class ExistingRole(Part):
    """A role that exists."""

    elsewhere = elsewhere.OF_A_ROLE

    arn: str = setting(ArnOfExisting(ROLES), "ARN of a role that exists.")
    name: str | None = setting(Text(), "Its name, by which policies are attached to it.", default=None)


class _PolicyToAttach(Text):
    """A policy that is attached to a role: its ARN, or the path and name of one of AWS's."""

    def read(self, value: object) -> str:
        text = super().read(value)
        if not (text.startswith("${") or _POLICY.fullmatch(text)):
            raise Rejection(f"{shown(text)} is not a policy", "write its ARN, or the path and name of one of AWS's")
        check_attribute(text, "aws_iam_policy", ("arn", "id"), "the ARN of a policy")
        if text == PULLS_AND_LOGS:
            raise Rejection(f"AWS has no policy {text} without a path", f"write `service-role/{text}`")
        return text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": rf"^\$\{{|^(?:{_POLICY.pattern})$"}


POLICY_TO_ATTACH = _PolicyToAttach()


class ExecutionRole(Part):
    """An execution role that exists, which has an `arn`, or what one of the service's own is like."""

    elsewhere = elsewhere.OF_AN_EXECUTION_ROLE

    arn: str | None = setting(ArnOfExisting(ROLES), "ARN of a role that exists.", default=None)
    managed: tuple[str, ...] = setting(
        ListOf(POLICY_TO_ATTACH),
        "Policies that are attached to the service's own role: their ARNs, or the paths and names of AWS's.",
        default=(),
        examples=(f"[service-role/{PULLS_AND_LOGS}]",),
    )


def existing_role(role: str | bool | Part | None) -> Existing | None:
    """Return the role that exists where a service says this of one of its roles; none where it names none."""
    if isinstance(role, ExistingRole):
        return existing_by_arn(ROLES, role.arn, role.name)
    if isinstance(role, ExecutionRole):
        return existing(ROLES, role.arn) if role.arn else None
    return existing(ROLES, role) if isinstance(role, str) and role not in (SHARED, OWN) else None


def arn_of_policy(policy: str, partition: str) -> str:
    """Return the ARN of a policy that is attached, as catalogue text."""
    return policy if policy.startswith(("arn:", "${")) else f"arn:{partition}:iam::aws:policy/{policy}"
