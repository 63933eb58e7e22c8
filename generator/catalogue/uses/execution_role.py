"""The role that ECS itself uses for a service's tasks: it pulls images, reads secrets and writes logs with it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.blocks import Block
from generator.catalogue.named import NameInAws
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Feature, Section, Use
from generator.catalogue.uses.role import RoleUse
from generator.errors import Rejection
from generator.settings.parts import setting
from generator.settings.values import Choice, shown


class _SharedOrOwn(Choice):
    """One of the two words. Whoever brings a role from elsewhere is told where it is written."""

    def __init__(self) -> None:
        super().__init__("shared", "own")

    def read(self, value: object) -> str:
        if isinstance(value, str) and value.startswith(("arn:", "${")):
            line = f'terraform: {{aws_ecs_task_definition: {{execution_role_arn: "{value}"}}}}'
            raise Rejection(f"{shown(value)} is a role that tfgen does not make", f"write `{line}` in its place")
        return super().read(value)


class ExecutionRoleUse(Use):
    """The execution role: that of the module, or one of the service's own, which reads for this service alone."""

    position = 92
    section = Section.PERMISSIONS
    template = "execution_role"
    nameable = ("execution_role", "execution_policy")
    resources = ("aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment")

    execution_role: str = setting(
        _SharedOrOwn(),
        "Whether ECS starts the tasks with the module's execution role or with one of their own.",
        default="shared",
        writes=("aws_ecs_task_definition.execution_role_arn",),
    )

    @property
    def has_own_execution_role(self) -> bool:
        return self.execution_role == "own"

    @property
    def execution_role_address(self) -> str:
        name = self.names.terraform_own_execution_role if self.has_own_execution_role else "task_execution"
        return f"aws_iam_role.{name}"

    @property
    def execution_role_arn(self) -> str:
        """ARN of the execution role, as catalogue text."""
        own = self.names.attribute(self.execution_role_address, "arn")
        return own if self.has_own_execution_role else f"${{{self.execution_role_address}.arn}}"

    @property
    def execution_policies(self) -> list[str]:
        """Addresses of what gives the execution role its policies, those of an own one as a whole."""
        behind = f"_{self.names.terraform}" if self.has_own_execution_role else ""
        return [f"aws_iam_role_policy_attachment.exec_managed{behind}", f"aws_iam_role_policy.exec_extra{behind}"]

    def own_blocks(self) -> Iterator[Block]:
        names = self.names
        if self.has_own_execution_role:
            entry, role = self.entry("execution_role"), self.execution_role_address
            managed, inline = self.execution_policies
            yield Block(role, entry, names.own_execution_role, names.named_at("execution_role"))
            yield Block(managed, entry)
            yield Block(f"data.aws_iam_policy_document.exec_inline_{names.terraform}", entry)
            yield Block(inline, entry, names.own_execution_policy, names.named_at("execution_policy"), within=role)

    def needed_first(self) -> Iterator[str]:
        """A task that starts before its execution role has its policies cannot pull its image."""
        has_own_role = isinstance(self, RoleUse) and self.has_own_role
        if has_own_role or self.has_own_execution_role:
            yield from self.execution_policies

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.has_own_execution_role:
            address, name = self.execution_role_address, self._own_name
            yield Drawn(RoleUse.draws, address, name, "execution role", ("is started as",))

    @property
    def _own_name(self) -> NameInAws:
        return NameInAws(self.execution_role_address, self.names.own_execution_role)

    def features(self, shared: Shared) -> Iterator[Feature]:
        if self.has_own_execution_role:
            yield Feature(45, "execution role", self._own_name)
