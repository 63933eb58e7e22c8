"""The role that a service's tasks run as, and the policy that says what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from generator.catalogue.blocks import Block
from generator.catalogue.existing import Existing, address_of_role, told_of
from generator.catalogue.named import NameInAws, Told
from generator.catalogue.roles import OWN, SHARED, ExistingRole, WordOrRole, existing_role
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Drawn, Feature, Section, Use
from generator.settings.parts import OrPart, setting
from generator.settings.values import Key, OrFalse


class RoleUse(Use):
    """The task role: that of the module, one of the service's own, or one that exists."""

    position = 90
    draws = "role"
    section = Section.PERMISSIONS
    template = "permissions"
    resources = ("aws_iam_role", "aws_iam_role_policy")
    nameable = ("role", "policy")
    columns = (Column(70, "ROLE", lambda service, _: service.told_role),)

    role: str | bool | ExistingRole = setting(
        OrFalse(OrPart(WordOrRole(), ExistingRole)),
        "The role of the tasks: the module's, one of their own, one that exists by its ARN, or `false` for none.",
        default=SHARED,
        writes=("aws_ecs_task_definition.task_role_arn",),
        bare=False,
    )

    policy_name: str | None = setting(Key(), "Name of the policy, if not the service's own.", default=None, own=True)

    @property
    def told_role(self) -> str | None:
        """The word for the role, or what names one that exists; none where the tasks have no role."""
        if self.role_that_exists:
            return told_of(self.role_that_exists)
        return self.role if isinstance(self.role, str) else None

    @property
    def has_own_role(self) -> bool:
        return self.role == OWN

    @property
    def has_shared_role(self) -> bool:
        return self.role == SHARED

    @cached_property
    def role_that_exists(self) -> Existing | None:
        return existing_role(self.role)

    @property
    def role_address(self) -> str:
        """What tells the role from others: its address in the module, or else what names it; nothing for none."""
        found = self.role_that_exists
        if found:
            return address_of_role(found)
        return "" if not self.role else self._made

    @property
    def _made(self) -> str:
        return f"aws_iam_role.{self.names.terraform_own_role}" if self.has_own_role else "aws_iam_role.task"

    @property
    def role_arn(self) -> str | None:
        """ARN of the role, as catalogue text; none where the tasks have no role."""
        found = self.role_that_exists
        if found:
            return found.arn or found.written
        return self._of_made("arn") if self.role else None

    @property
    def role_id(self) -> str | None:
        """What a policy names the role by, as catalogue text; none where that is not known."""
        return self._named_by("id")

    @property
    def role_name_of_policies(self) -> str | None:
        """What an attachment names the role by, as catalogue text; none where that is not known."""
        return self._named_by("name")

    def _named_by(self, attribute: str) -> str | None:
        found = self.role_that_exists
        if found:
            return found.name
        return self._of_made(attribute) if self.role else None

    def _of_made(self, attribute: str) -> str:
        own = self.names.attribute(self._made, attribute)
        return own if self.has_own_role else f"${{{self._made}.{attribute}}}"

    def role_name(self, shared: Shared) -> Told:
        """Return what the role is called."""
        if self.role_that_exists:
            return told_of(self.role_that_exists)
        return NameInAws(self._made, self.names.own_role if self.has_own_role else shared.names.task_role)

    def own_blocks(self) -> Iterator[Block]:
        names = self.names
        if self.has_own_role:
            yield Block(self._made, self.entry(), names.own_role, names.named_at("role"))
        if self.statements:
            policy = self.entry("policy_name")
            yield Block(f"data.aws_iam_policy_document.{names.terraform_policy}", policy)
            address, named_at = f"aws_iam_role_policy.{names.terraform_policy}", names.named_at("policy")
            yield Block(address, policy, names.policy, named_at, within=self.role_address)

    def needed_first(self) -> Iterator[str]:
        """Yield the policy that its tasks need, where their role is not the module's.

        If the role loses its policy before the service is deleted, the service can hang in DRAINING.
        """
        if self.statements and not self.has_shared_role:
            yield f"aws_iam_role_policy.{self.names.terraform_policy}"

    def checks(self, shared: Shared) -> Iterator[Check]:
        if self.role_that_exists:
            yield Check("Tasks of ECS may assume the role {}", (told_of(self.role_that_exists),))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.role:
            yield Drawn(RoleUse.draws, self.role_address, self.role_name(shared), "task role", ("runs as",))

    def features(self, shared: Shared) -> Iterator[Feature]:
        if self.role:
            yield Feature(40, "task role", self.role_name(shared))
