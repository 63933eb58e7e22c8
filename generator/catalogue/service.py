"""One service of a catalogue: what its author may set, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.aws import limits
from generator.catalogue.blocks import Block
from generator.catalogue.names import ServiceNames
from generator.catalogue.permissions import Statement, bucket_statements, queue_statement
from generator.errors import Rejection
from generator.hcl.tokens import IDENTIFIER
from generator.hcl.write.text import is_literal
from generator.settings.parts import (
    ListOf,
    MappingOf,
    Part,
    PartOf,
    TextList,
    as_data,
    known_settings,
    setting,
    values_of,
)
from generator.settings.values import (
    AnyText,
    Between,
    Choice,
    Embedded,
    Identifier,
    Key,
    Matching,
    OneOf,
    Schema,
    Text,
    Truth,
    Whole,
    Word,
    shown,
)

OUTPUT_VALUES = {
    "log_group_name": "aws_cloudwatch_log_group.{log_group}.name",
    "service_name": "aws_ecs_service.{service}.name",
    "service_arn": "aws_ecs_service.{service}.arn",
    "task_definition_arn": "aws_ecs_task_definition.{service}.arn",
}
"""What a service can export, in the order of its outputs."""

VARIABLE_NAME = Word(r"[A-Za-z_][A-Za-z0-9_.-]*", "use letters, digits and `_`, and start with a letter")
TAG_KEY = Word(
    limits.TAG_KEY_PATTERN, "use up to 128 letters, digits, spaces and + - = . _ : / @, without `aws:` in front"
)
NAME_IN_MODULE = Matching(Text(), IDENTIFIER, "write its name in Terraform, or `${...}` for any ARN")


class _Access(ListOf[str]):
    """What is granted, each once."""

    def __init__(self) -> None:
        super().__init__(Choice("read", "write", "delete", "list"), at_least=1)

    def read(self, value: object) -> tuple[str, ...]:
        words = super().read(value)
        twice = next((word for word in words if words.count(word) > 1), None)
        if twice:
            raise Rejection(f"`{twice}` stands twice", "keep one of them")
        return words

    def schema(self) -> Schema:
        return super().schema() | {"uniqueItems": True}


class Bucket(Part):
    """An S3 bucket, and what the tasks may do with its objects."""

    name: str = setting(
        Matching(Embedded(), limits.S3_BUCKET_PATTERN, "use 3 to 63 lower-case letters, digits, `-` and `.`"),
        "Name of the bucket, or an expression for it.",
    )
    access: tuple[str, ...] = setting(
        _Access(),
        "What is granted: read, write and delete of objects, list of the bucket.",
    )


class _Probe(ListOf[str]):
    """A command that says how it is run."""

    def __init__(self) -> None:
        super().__init__(Text(), at_least=1)

    def read(self, value: object) -> tuple[str, ...]:
        command = super().read(value)
        if command[0] not in ("CMD", "CMD-SHELL"):
            raise Rejection(f"{shown(command[0])} does not say how to run the check", "start with CMD or CMD-SHELL")
        return command

    def schema(self) -> Schema:
        return super().schema() | {"prefixItems": [{"enum": ["CMD", "CMD-SHELL"]}]}


class HealthCheck(Part):
    """The check that ECS runs inside of the container. Source of the limits: Amazon ECS API, `HealthCheck`."""

    command: tuple[str, ...] | None = setting(_Probe(), "Starts with CMD or CMD-SHELL.", None)
    interval: int | None = setting(Between(5, 300), "Seconds between checks.", None)
    timeout: int | None = setting(Between(2, 60), "Seconds until one fails.", None)
    retries: int | None = setting(Between(1, 10), "Failures until unhealthy.", None)
    start_period: int | None = setting(Between(0, 300), "Seconds at the start in which failures do not count.", None)

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

    minimum_healthy_percent: int | None = setting(
        Between(0, 100), "Share of the desired count that stays healthy during a deployment.", None
    )
    maximum_percent: int | None = setting(
        Between(100, 200), "Share of the desired count that may run during a deployment.", None
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

    image: str | None = setting(
        Text(), "Key of an entry in `images`, an image reference, or an expression. One entry is the default.", None
    )
    entry_point: tuple[str, ...] = setting(ListOf(Text()), "Replaces the image's entry point.", ())
    command: tuple[str, ...] = setting(ListOf(Text()), "Replaces the image's command.", ())
    cpu: int = setting(OneOf(tuple(limits.FARGATE_MEMORY_MIB), "a Fargate size"), "CPU units of a task.", 256)
    memory: int = setting(Whole(), "Memory of a task in MiB; what Fargate offers depends on `cpu`.", 512)
    architecture: str | None = setting(Choice("X86_64", "ARM64"), "CPU architecture.", None)
    ephemeral_storage: int | None = setting(
        Between(21, 200), "Disk of a task in GiB, beyond the 20 that Fargate includes.", None
    )
    stop_timeout: int | None = setting(
        Between(0, 120), "Seconds from the request to stop until the container is killed.", None
    )
    health_check: HealthCheck | None = setting(PartOf(HealthCheck), "The check inside of the container.", None)
    environment: dict[str, str] = setting(MappingOf(VARIABLE_NAME, AnyText()), "Environment variables, as strings.", {})
    secrets: dict[str, str] = setting(
        MappingOf(VARIABLE_NAME, NAME_IN_MODULE),
        "Environment variables from Secrets Manager: a secret of the module, or any ARN.",
        {},
    )
    queue: str | None = setting(
        Matching(
            Embedded(),
            limits.SQS_QUEUE_PATTERN,
            "write its name: up to 80 letters, digits, `-` and `_`; FIFO ends in .fifo",
        ),
        "Name of the SQS queue that the tasks consume.",
        None,
    )
    buckets: tuple[Bucket, ...] = setting(ListOf(PartOf(Bucket)), "S3 buckets that the tasks use.", ())
    role: str = setting(
        Choice("shared", "own"), "Whether the tasks use the module's role or one of their own.", "shared"
    )
    desired_count: int = setting(Between(0, 5000), "Number of tasks.", 1)
    deployment: Deployment | None = setting(PartOf(Deployment), "Limits of a rolling deployment.", None)
    wait_for_steady_state: bool = setting(Truth(), "Whether an apply waits for the service.", False)
    execute_command: bool = setting(Truth(), "Whether `aws ecs execute-command` works.", True)
    subnets: tuple[str, ...] | str | None = setting(TextList(), "Subnets in place of those of `network`.", None)
    security_groups: tuple[str, ...] | str | None = setting(
        TextList(), "Security groups in place of those of `network`.", None
    )
    assign_public_ip: bool = setting(Truth(), "Whether the tasks get a public IP address.", False)
    log_retention_days: int = setting(
        OneOf(limits.LOG_RETENTION_DAYS, "a retention of CloudWatch Logs"), "Days until log events expire.", 30
    )
    tags: dict[str, str] = setting(MappingOf(TAG_KEY, AnyText()), "Tags beside those of the module.", {})


class Service(Settings):
    """A service with `defaults` merged in. Each kind is a subclass in `generator/catalogue/kinds/`."""

    _names: ServiceNames

    kind: str = setting(Text(), "What kind of service it is.")
    log_group: str | None = setting(Key(), "Name of the log group, if not the service's own.", None)
    policy_name: str | None = setting(Key(), "Name of the policy, if not the service's own.", None)
    outputs: dict[str, str] | None = setting(
        MappingOf(Choice(*OUTPUT_VALUES), Identifier()),
        "Names of the outputs; without it all are there, with the service's name in front.",
        None,
    )

    def name_within(self, project: str, key: str) -> None:
        """Tell the service what it is called; a catalogue does so once, when it has been read."""
        names = ServiceNames(project, key, self.log_group or key, self.policy_name or key)
        vars(self)["_names"] = names

    name_within.alters_data = True  # type: ignore[attr-defined] # tells Jinja's sandbox that no template may call it

    @property
    def names(self) -> ServiceNames:
        return self._names

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


def settings_of(service: Service, *, without_defaults: bool = False) -> dict[str, Any]:
    """Return what a service sets or takes over, as the catalogue writes it; what is empty is left out."""
    known = known_settings(service)
    told = {
        name: as_data(value)
        for name, value in values_of(service)
        if value is not None and not (without_defaults and value == known[name].default)
    }
    return {"kind": service.kind} | {name: value for name, value in told.items() if value not in ([], {})}


def reference(text: str, attribute: str) -> str:
    """Return a name of the module as the expression for one of its attributes; an expression stays what it is."""
    return "${" + attribute.format(text) + "}" if is_literal(text) else text
