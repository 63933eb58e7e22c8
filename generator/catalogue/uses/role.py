"""The role that a service's tasks run as, and the policy that says what they may do."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.blocks import Block
from generator.catalogue.named import NameInAws
from generator.catalogue.shared import Shared
from generator.catalogue.use import Column, Drawn, Feature, Section, Use
from generator.settings.parts import setting
from generator.settings.values import Choice


class RoleUse(Use):
    """The task role: that of the module, or one of the service's own."""

    position = 90
    draws = "role"
    section = Section.PERMISSIONS
    template = "permissions"
    resources = ("aws_iam_role", "aws_iam_role_policy")
    nameable = ("role", "policy")
    columns = (Column(70, "ROLE", lambda service, _: service.role),)

    role: str = setting(
        Choice("shared", "own"), "Whether the tasks use the module's role or one of their own.", default="shared"
    )

    @property
    def has_own_role(self) -> bool:
        return self.role == "own"

    @property
    def role_address(self) -> str:
        return f"aws_iam_role.{self.names.terraform_own_role}" if self.has_own_role else "aws_iam_role.task"

    @property
    def role_arn(self) -> str:
        """ARN of the role, as catalogue text."""
        return self._of_role("arn")

    @property
    def role_id(self) -> str:
        """What a policy names the role by, as catalogue text."""
        return self._of_role("id")

    def _of_role(self, attribute: str) -> str:
        own = self.names.attribute(self.role_address, attribute)
        return own if self.has_own_role else f"${{{self.role_address}.{attribute}}}"

    def role_name(self, shared: Shared) -> NameInAws:
        """Return what the role is called."""
        return NameInAws(self.role_address, self.names.own_role if self.has_own_role else shared.names.task_role)

    def own_blocks(self) -> Iterator[Block]:
        names = self.names
        if self.has_own_role:
            yield Block(self.role_address, self.entry(), names.own_role, names.named_at("role"))
        if self.statements:
            policy = self.entry("policy_name")
            yield Block(f"data.aws_iam_policy_document.{names.terraform_policy}", policy)
            address, named_at = f"aws_iam_role_policy.{names.terraform_policy}", names.named_at("policy")
            yield Block(address, policy, names.policy, named_at, within=self.role_address)

    def needed_first(self) -> Iterator[str]:
        """Yield the policy that its tasks need, where it has a role of its own.

        If the role loses its policy before the service is deleted, the service can hang in DRAINING.
        """
        if self.has_own_role and self.statements:
            yield f"aws_iam_role_policy.{self.names.terraform_policy}"

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        yield Drawn(RoleUse.draws, self.role_address, self.role_name(shared), "task role", ("runs as",))

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(40, "task role", self.role_name(shared))
