"""The role that ECS itself uses for a service's tasks: it pulls images, reads secrets and writes logs with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from generator.catalogue.access import Profile
from generator.catalogue.blocks import Block
from generator.catalogue.existing import Existing, told_of
from generator.catalogue.named import NameInAws, Told
from generator.catalogue.roles import (
    OWN,
    PULLS_AND_LOGS,
    SHARED,
    ExecutionRole,
    WordOrRole,
    arn_of_policy,
    existing_role,
)
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Feature, Section, Use
from generator.catalogue.uses.role import RoleUse
from generator.settings.parts import OrPart, setting
from generator.settings.values import OrFalse

PULLS = (
    *("ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer"),
    "ecr:BatchGetImage",
)
"""What it takes to pull images from ECR.

Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html.
"""


class ExecutionRoleUse(Use):
    """The execution role: that of the module, or one of the service's own, which reads for this service alone."""

    position = 92
    section = Section.PERMISSIONS
    template = "execution_role"
    profiles = (Profile("pull", "pull", "images", PULLS),)
    nameable = ("execution_role", "execution_policy")
    resources = ("aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment")

    execution_role: str | bool | ExecutionRole = setting(
        OrFalse(OrPart(WordOrRole(), ExecutionRole)),
        "The role that ECS starts the tasks with: the module's, one of their own, one that exists by its ARN, or "
        "`false` for none. A mapping without `arn` makes one with no more than it needs.",
        default=SHARED,
        writes=("aws_ecs_task_definition.execution_role_arn",),
        bare=False,
    )

    @property
    def has_own_execution_role(self) -> bool:
        """Whether the module makes an execution role for this service alone."""
        return self.execution_role == OWN or self.execution_role_in_full is not None

    @property
    def has_shared_execution_role(self) -> bool:
        return self.execution_role == SHARED

    @property
    def execution_role_in_full(self) -> ExecutionRole | None:
        """What its own execution role is like, where the catalogue says more than that it has one."""
        said = self.execution_role
        return said if isinstance(said, ExecutionRole) and not said.arn else None

    @cached_property
    def execution_role_that_exists(self) -> Existing | None:
        return existing_role(self.execution_role)

    @property
    def execution_role_address(self) -> str:
        """Address of the execution role that the module makes."""
        name = self.names.terraform_own_execution_role if self.has_own_execution_role else "task_execution"
        return f"aws_iam_role.{name}"

    @property
    def execution_role_arn(self) -> str | None:
        """ARN of the execution role, as catalogue text; none where there is no role."""
        found = self.execution_role_that_exists
        if found:
            return found.arn or found.written
        if not self.execution_role:
            return None
        own = self.names.attribute(self.execution_role_address, "arn")
        return own if self.has_own_execution_role else f"${{{self.execution_role_address}.arn}}"

    @property
    def attached_to_execution_role(self) -> dict[str, str]:
        """Terraform name of the attachment of each policy that is attached to its own role, and the policy's ARN."""
        said, names = self.execution_role_in_full, self.names
        managed = said.managed if said else (f"service-role/{PULLS_AND_LOGS}",)
        arns = [arn_of_policy(policy, names.partition) for policy in managed]
        numbers = ("", *(f"{number}_" for number in range(2, len(arns) + 1)))
        return {f"exec_managed_{number}{names.terraform}": arn for number, arn in zip(numbers, arns, strict=False)}

    @property
    def execution_role_pulls_and_logs(self) -> bool:
        """Whether the policy of its own execution role has to allow that: AWS's policy for it may be attached."""
        said = self.execution_role_in_full
        return said is None or not any(PULLS_AND_LOGS in policy for policy in said.managed)

    @property
    def has_execution_policy(self) -> bool:
        """Whether its own execution role has an inline policy: AWS's may allow all that is needed."""
        return self.execution_role_pulls_and_logs or self._reads_something

    @property
    def _reads_something(self) -> bool:
        return any(True for container in self.all_containers for _ in container.all_reads_at_start())

    @property
    def execution_policies(self) -> list[str]:
        """Addresses of what gives the execution role its policies, those of an own one as a whole."""
        if self.has_shared_execution_role:
            return ["aws_iam_role_policy_attachment.exec_managed", "aws_iam_role_policy.exec_extra"]
        if not self.has_own_execution_role:
            return []
        attached = [f"aws_iam_role_policy_attachment.{name}" for name in self.attached_to_execution_role]
        return attached + ([self._own_policy] if self.has_execution_policy else [])

    @property
    def _own_policy(self) -> str:
        return f"aws_iam_role_policy.exec_extra_{self.names.terraform}"

    def own_blocks(self) -> Iterator[Block]:
        names = self.names
        if not self.has_own_execution_role:
            return
        entry, role = self.entry("execution_role"), self.execution_role_address
        yield Block(role, entry, names.own_execution_role, names.named_at("execution_role"))
        for name in self.attached_to_execution_role:
            yield Block(f"aws_iam_role_policy_attachment.{name}", entry)
        if self.has_execution_policy:
            named_at = names.named_at("execution_policy")
            yield Block(f"data.aws_iam_policy_document.exec_inline_{names.terraform}", entry)
            yield Block(self._own_policy, entry, names.own_execution_policy, named_at, within=role)

    def needed_first(self) -> Iterator[str]:
        """A task that starts before its execution role has its policies cannot pull its image."""
        has_own_role = isinstance(self, RoleUse) and self.has_own_role
        if has_own_role or self.has_own_execution_role:
            yield from self.execution_policies

    def checks(self, shared: Shared) -> Iterator[Check]:
        if self.execution_role_that_exists:
            told = (told_of(self.execution_role_that_exists), self.names.key)
            yield Check("The execution role {} may pull the images of {}, and write its logs", told)
            if self._reads_something:
                yield Check("The execution role {} may read the secrets, parameters and files that {} names", told)

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        name = self._told
        if name:
            identity = name.address if isinstance(name, NameInAws) else name
            yield Drawn(RoleUse.draws, identity, name, "execution role", ("is started as",))

    @property
    def _told(self) -> Told | None:
        """What its execution role is called, where that is not the module's."""
        if self.execution_role_that_exists:
            return told_of(self.execution_role_that_exists)
        own = NameInAws(self.execution_role_address, self.names.own_execution_role)
        return own if self.has_own_execution_role else None

    def features(self, shared: Shared) -> Iterator[Feature]:
        if self._told:
            yield Feature(45, "execution role", self._told)
