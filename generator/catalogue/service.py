"""One service of a catalogue: what its author may set, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationInfo, field_validator

from generator.catalogue import limits
from generator.catalogue.blocks import Block
from generator.catalogue.names import ServiceNames
from generator.catalogue.permissions import Statement, bucket_statements, queue_statement
from generator.catalogue.values import (
    AnyText,
    Between,
    Boolean,
    Choice,
    Embedded,
    Identifier,
    Integer,
    Key,
    Matching,
    OneOf,
    Text,
    TextList,
    Word,
    shape,
)
from generator.errors import Rejection, listed
from generator.hcl.text import is_literal
from generator.hcl.tokens import IDENTIFIER

OUTPUT_VALUES = {
    "log_group_name": "aws_cloudwatch_log_group.{log_group}.name",
    "service_name": "aws_ecs_service.{service}.name",
    "service_arn": "aws_ecs_service.{service}.arn",
    "task_definition_arn": "aws_ecs_task_definition.{service}.arn",
}
"""What a service can export, in the order of its outputs."""

VariableName = Annotated[str, Word(r"[A-Za-z_][A-Za-z0-9_.-]*", "use letters, digits and `_`, and start with a letter")]
TagKey = Annotated[str, Word(limits.TAG_KEY_PATTERN, "use up to 128 letters, digits, spaces and + - = . _ : / @")]
NameInModule = Matching(IDENTIFIER, "write its name in Terraform, or `${...}` for any ARN")


class Part(BaseModel):
    """A mapping of the catalogue: its keys are known, and it never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bucket(Part):
    """An S3 bucket, and what the tasks may do with its objects."""

    name: Annotated[
        Embedded, Matching(limits.S3_BUCKET_PATTERN, "use 3 to 63 lower-case letters, digits, `-` and `.`")
    ] = Field(description="Name of the bucket, or an expression for it.")
    access: tuple[Annotated[str, Choice(("read", "write", "delete", "list"))], ...] = Field(
        min_length=1, description="What is granted: read, write and delete of objects, list of the bucket."
    )


class HealthCheck(Part):
    """The check that ECS runs inside of the container. Source of the limits: Amazon ECS API, `HealthCheck`."""

    command: tuple[Text, ...] = Field(min_length=1, description="Starts with CMD or CMD-SHELL.")
    interval: Annotated[Integer, Between(5, 300)] | None = Field(None, description="Seconds between checks.")
    timeout: Annotated[Integer, Between(2, 60)] | None = Field(None, description="Seconds until one fails.")
    retries: Annotated[Integer, Between(1, 10)] | None = Field(None, description="Failures until unhealthy.")
    start_period: Annotated[Integer, Between(0, 300)] | None = Field(
        None, description="Seconds at the start in which failures do not count."
    )

    @field_validator("command")
    @classmethod
    def _says_how_to_run(cls, command: tuple[str, ...]) -> tuple[str, ...]:
        if command[0] not in ("CMD", "CMD-SHELL"):
            raise Rejection(f"{shape(command[0])} does not say how to run the check", "start with CMD or CMD-SHELL")
        return command

    @property
    def limits(self) -> dict[str, int]:
        """Those that are set, by their names in a container definition."""
        named = {
            "interval": self.interval,
            "timeout": self.timeout,
            "retries": self.retries,
            "startPeriod": self.start_period,
        }
        return {name: value for name, value in named.items() if value is not None}


class Deployment(Part):
    """How far a deployment may go below and above the desired count."""

    minimum_healthy_percent: Annotated[Integer, Between(0, 100)] | None = Field(
        None, description="Share of the desired count that stays healthy during a deployment."
    )
    maximum_percent: Annotated[Integer, Between(100, 200)] | None = Field(
        None, description="Share of the desired count that may run during a deployment."
    )

    @property
    def limits(self) -> dict[str, int]:
        """Those that are set, by their names in Terraform."""
        named = {
            "deployment_minimum_healthy_percent": self.minimum_healthy_percent,
            "deployment_maximum_percent": self.maximum_percent,
        }
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True)
class Target:
    """How a load balancer reaches a service; the group's name and ARN are catalogue text."""

    group: str
    arn: str
    listener: str | None
    port: int


class Settings(Part):
    """What a service sets for itself or takes over from `defaults`."""

    image: Text | None = Field(
        None, description="Key of an entry in `images`, an image reference, or an expression. One entry is the default."
    )
    entry_point: tuple[Text, ...] = Field((), description="Replaces the image's entry point.")
    command: tuple[Text, ...] = Field((), description="Replaces the image's command.")
    cpu: Annotated[Integer, OneOf(tuple(limits.FARGATE_MEMORY_MIB), "a Fargate size")] = Field(
        256, description="CPU units of a task."
    )
    memory: Integer = Field(
        512, validate_default=True, description="Memory of a task in MiB; what Fargate offers depends on `cpu`."
    )
    architecture: Annotated[str, Choice(("X86_64", "ARM64"))] | None = Field(None, description="CPU architecture.")
    ephemeral_storage: Annotated[Integer, Between(21, 200)] | None = Field(
        None, description="Disk of a task in GiB, beyond the 20 that Fargate includes."
    )
    stop_timeout: Annotated[Integer, Between(0, 120)] | None = Field(
        None, description="Seconds from the request to stop until the container is killed."
    )
    health_check: HealthCheck | None = Field(None, description="The check inside of the container.")
    environment: dict[VariableName, AnyText] = Field({}, description="Environment variables, as strings.")
    secrets: dict[VariableName, Annotated[Text, NameInModule]] = Field(
        {}, description="Environment variables from Secrets Manager: a secret of the module, or any ARN."
    )
    queue: (
        Annotated[
            Embedded,
            Matching(limits.SQS_QUEUE_PATTERN, "use up to 80 letters, digits, `-` and `_`; FIFO ends in .fifo"),
        ]
        | None
    ) = Field(None, description="Name of the SQS queue that the tasks consume.")
    buckets: tuple[Bucket, ...] = Field((), description="S3 buckets that the tasks use.")
    role: Annotated[str, Choice(("shared", "own"))] = Field(
        "shared", description="Whether the tasks use the module's role or one of their own."
    )
    desired_count: Annotated[Integer, Between(0, 5000)] = Field(1, description="Number of tasks.")
    deployment: Deployment | None = Field(None, description="Limits of a rolling deployment.")
    wait_for_steady_state: Boolean = Field(False, description="Whether an apply waits for the service.")
    execute_command: Boolean = Field(True, description="Whether `aws ecs execute-command` works.")
    subnets: TextList | None = Field(None, description="Subnets in place of those of `network`.")
    security_groups: TextList | None = Field(None, description="Security groups in place of those of `network`.")
    assign_public_ip: Boolean = Field(False, description="Whether the tasks get a public IP address.")
    log_retention_days: Annotated[Integer, OneOf(limits.LOG_RETENTION_DAYS, "a retention of CloudWatch Logs")] = Field(
        30, description="Days until log events expire."
    )
    tags: dict[TagKey, AnyText] = Field({}, description="Tags beside those of the module.")


class Service(Settings):
    """A service with `defaults` merged in. Each kind is a subclass in `generator/catalogue/kinds/`."""

    kind: str
    log_group: Key | None = Field(None, description="Name of the log group, if not the service's own.")
    policy_name: Key | None = Field(None, description="Name of the policy, if not the service's own.")
    outputs: dict[Annotated[str, Choice(tuple(OUTPUT_VALUES))], Identifier] | None = Field(
        None, description="Names of the outputs; without it all are there, with the service's name in front."
    )

    _names: ServiceNames = PrivateAttr()

    @field_validator("memory")
    @classmethod
    def _goes_with_cpu(cls, memory: int, info: ValidationInfo) -> int:
        cpu = info.data.get("cpu")
        if cpu is not None and memory not in (sizes := limits.FARGATE_MEMORY_MIB[cpu]):
            raise Rejection(f"Fargate has no task with {cpu} CPU units and {memory} MiB", f"use {listed(sizes)}")
        return memory

    @field_validator("secrets")
    @classmethod
    def _are_not_in_environment(cls, secrets: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        twice = [name for name in secrets if name in info.data.get("environment", ())]
        if twice:
            what = "ECS refuses a name that stands in both `environment` and `secrets`"
            raise Rejection(what, f"keep one of each: {', '.join(twice)}", within=twice[0])
        return secrets

    def name_within(self, project: str, key: str) -> None:
        """Tell the service what it is called; a catalogue does so once, when it has been read."""
        self._names = ServiceNames(project, key, self.log_group or key, self.policy_name or key)

    name_within.alters_data = True  # type: ignore[attr-defined] # tells Jinja's sandbox that no template may call it

    @property
    def names(self) -> ServiceNames:
        # `self._names` comes to the same by ways on which a render of many services would spend a tenth of its time.
        names: ServiceNames = (self.__pydantic_private__ or {})["_names"]
        return names

    @property
    def statements(self) -> list[Statement]:
        """What its tasks may do: its buckets first, then its queue."""
        found = [s for bucket in self.buckets for s in bucket_statements(bucket.name, bucket.access)]
        return [*found, queue_statement(self.queue)] if self.queue else found

    @property
    def has_own_role(self) -> bool:
        return self.role == "own"

    @property
    def role_address(self) -> str:
        return f"aws_iam_role.{self.names.terraform_own_role}" if self.has_own_role else "aws_iam_role.task"

    @property
    def secret_arns(self) -> dict[str, str]:
        """Environment variable to the ARN of its secret, as catalogue text."""
        return {name: reference(secret, "aws_secretsmanager_secret.{}.arn") for name, secret in self.secrets.items()}

    @property
    def target(self) -> Target | None:
        """What a load balancer sends to, which a kind that can stand behind one tells."""
        return None

    @property
    def named_outputs(self) -> dict[str, str]:
        """Output name to its value, as catalogue text."""
        names = self.names
        chosen = self.outputs
        if chosen is None:
            chosen = {value: f"{names.terraform}_{value}" for value in OUTPUT_VALUES}
        return {
            output: "${"
            + OUTPUT_VALUES[value].format(log_group=names.terraform_log_group, service=names.terraform)
            + "}"
            for value, output in chosen.items()
        }

    @property
    def dependencies(self) -> list[str]:
        """Addresses that must be there before the service and until after it, and that its settings do not name.

        A task whose role loses its policy first can hang in DRAINING when the service is deleted.
        """
        if self.has_own_role and self.statements:
            return [f"aws_iam_role_policy.{self.names.terraform_policy}"]
        return []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of `main.tf` that are this service's alone."""
        entry, names = ("services", self.names.key), self.names
        log_group = (*entry, "log_group") if self.log_group else entry
        policy = (*entry, "policy_name") if self.policy_name else entry
        yield Block(f"aws_cloudwatch_log_group.{names.terraform_log_group}", log_group, names.log_group)
        if self.has_own_role:
            yield Block(self.role_address, entry, names.own_role)
        if self.statements:
            yield Block(f"data.aws_iam_policy_document.{names.terraform_policy}", policy)
            yield Block(f"aws_iam_role_policy.{names.terraform_policy}", policy, names.policy)
        yield Block(f"aws_ecs_task_definition.{names.terraform}", entry, names.family)
        yield Block(f"aws_ecs_service.{names.terraform}", entry, names.service)

    def output_blocks(self) -> Iterator[Block]:
        """Yield the blocks of `outputs.tf` that are this service's alone."""
        entry = ("services", self.names.key)
        chosen = {output: (*entry, "outputs", value) for value, output in (self.outputs or {}).items()}
        for output in self.named_outputs:
            yield Block(f"output.{output}", chosen.get(output, entry))


def reference(text: str, attribute: str) -> str:
    """Return a name of the module as the expression for one of its attributes; an expression stays what it is."""
    return "${" + attribute.format(text) + "}" if is_literal(text) else text
