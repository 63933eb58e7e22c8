"""Kind `job`: a task on a schedule of EventBridge Scheduler."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.arns import attribute_read
from generator.catalogue.blocks import Block
from generator.catalogue.named import NameInAws
from generator.catalogue.names import aws_name
from generator.catalogue.service import CommandLine, Service
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Feature
from generator.catalogue.uses.execution_role import ExecutionRoleUse
from generator.catalogue.uses.policies import PoliciesUse
from generator.catalogue.uses.secrets import SecretsUse
from generator.catalogue.uses.task_definition import TaskDefinitionUse
from generator.errors import Rejection
from generator.hcl.write.text import is_literal, parts
from generator.settings.parts import Part, PartOf, setting
from generator.settings.values import Between, Matching, OrExpression, Schema, Text, Truth, shown

_TIME = "  %Y-%m-%d %H:%M %Z"


class _ScheduleExpression(Text):
    """When a job runs. An expression of Terraform is not checked."""

    def read(self, value: object) -> str:
        from generator.aws.schedule.expression import read_schedule

        text = super().read(value)
        if is_literal(text):
            read_schedule(text)
        return text

    def schema(self) -> Schema:
        return super().schema() | {"examples": ["cron(0 6 * * ? *)", "rate(5 minutes)", "at(2027-01-31T08:00:00)"]}


class _Zone(Text):
    """A time zone by its name."""

    def read(self, value: object) -> str:
        from generator.aws.schedule.zones import check_zone

        text = super().read(value)
        if is_literal(text):
            check_zone(text)
        return text

    def schema(self) -> Schema:
        return super().schema() | {"examples": ["Europe/Berlin", "UTC"]}


class _DeadLetterQueue(Matching):
    """The name of a queue, or one expression for its ARN."""

    def read(self, value: object) -> str:
        text = super().read(value)
        pieces = parts(text)
        if not is_literal(text) and len(pieces) > 1:
            raise Rejection(f"{shown(text)} is neither a name nor an ARN", "write a name, or one `${...}` for the ARN")
        read = attribute_read(text)
        if read and read[0] == "aws_sqs_queue" and read[1] != "arn":
            raise Rejection(f"{shown(text)} is not the ARN of a queue", "write its attribute `arn`")
        return text


class Delivery(Part):
    """What happens where the task cannot be started. Source of limits and defaults: EventBridge Scheduler API."""

    elsewhere = elsewhere.OF_A_DELIVERY

    retries: int | str | None = setting(
        OrExpression(Between(0, 185)),
        "How many times it is tried again.",
        default=185,
        writes=("aws_scheduler_schedule.target.retry_policy.maximum_retry_attempts",),
        bare=None,
    )
    maximum_age: int | str | None = setting(
        OrExpression(Between(60, 86_400)),
        "Seconds after its scheduled time during which it is tried again.",
        default=86_400,
        writes=("aws_scheduler_schedule.target.retry_policy.maximum_event_age_in_seconds",),
        bare=None,
    )
    dead_letter: str | None = setting(
        _DeadLetterQueue(
            Text(),
            limits.STANDARD_QUEUE_PATTERN,
            "write the name of a queue: up to 80 letters, digits, `-` and `_`; a schedule does not take a FIFO queue",
        ),
        "Queue for what could not be delivered: its name, or an expression for its ARN.",
        default=None,
        examples=("jobs-dead",),
        writes=("aws_scheduler_schedule.target.dead_letter_config",),
    )

    @property
    def says_how_often(self) -> bool:
        return self.retries is not None or self.maximum_age is not None


class Job(Service):
    """A task that runs on a schedule, and stops by itself."""

    further = (TaskDefinitionUse,)
    exports: ClassVar = {
        "log_group_name": "aws_cloudwatch_log_group.{log_group}.name",
        "schedule_arn": "aws_scheduler_schedule.{service}.arn",
        "task_definition_arn": "aws_ecs_task_definition.{service}.arn",
    }
    templates = ("task_definition", "schedule")
    resources = ("aws_ecs_task_definition", "aws_iam_role", "aws_iam_role_policy", "aws_scheduler_schedule")
    nameable = ("family", "schedule", "schedule_role", "schedule_policy")
    banner = "ECS Task Definition & Schedule"
    most_capacity_providers: ClassVar = (limits.MOST_CAPACITY_PROVIDERS_OF_A_SCHEDULE, "EventBridge Scheduler")
    most_security_groups: ClassVar = (limits.MOST_SECURITY_GROUPS_OF_A_SCHEDULE, "EventBridge Scheduler")

    schedule: str = setting(
        _ScheduleExpression(),
        "When it runs: `cron(…)`, `rate(…)` or `at(…)`, as EventBridge Scheduler reads it.",
        own=True,
        writes=("aws_scheduler_schedule.schedule_expression",),
    )
    timezone: str | None = setting(
        _Zone(),
        "Time zone of `cron(…)` and `at(…)`; UTC without one.",
        default=None,
        writes=("aws_scheduler_schedule.schedule_expression_timezone",),
    )
    enabled: bool | str = setting(
        OrExpression(Truth()), "Whether it runs.", default=True, writes=("aws_scheduler_schedule.state",)
    )
    delivery: Delivery = setting(
        PartOf(Delivery),
        "What happens where the task cannot be started.",
        default=Delivery(),
        bare=Delivery().in_bare(),
    )

    @property
    def schedule_name(self) -> str:
        """Name in AWS of the schedule."""
        return self.names.chosen.get("schedule", f"{self.names.project}-{aws_name(self.names.key)}")

    @property
    def schedule_role(self) -> str:
        """Name in AWS of the role that starts the task."""
        return self.names.chosen.get("schedule_role", f"{self.names.project}-ecs-schedule-{aws_name(self.names.key)}")

    @property
    def schedule_policy(self) -> str:
        """Name in AWS of the policy of that role."""
        return self.names.chosen.get("schedule_policy", f"{self.names.project}-schedule-{aws_name(self.names.key)}")

    @property
    def dead_letter_arn(self) -> str | None:
        """ARN of the queue for what could not be delivered, as catalogue text."""
        queue = self.delivery.dead_letter
        if queue is None or not is_literal(queue):
            return queue
        return f"arn:{self.names.partition}:sqs:{self.names.in_account}:{queue}"

    @property
    def needed_before_a_run(self) -> list[str]:
        """Addresses of policies. A run that starts before its roles have theirs fails, and nothing tries it again."""
        needed = [f"aws_iam_role_policy.schedule_{self.names.terraform}"]
        needed += self.execution_policies if isinstance(self, ExecutionRoleUse) else []
        needed += self.secrets_policies if isinstance(self, SecretsUse) else []
        if self.statements:
            needed.append(f"aws_iam_role_policy.{self.names.terraform_policy}")
        if isinstance(self, PoliciesUse):
            needed += [f"aws_iam_role_policy_attachment.{name}" for name in self.attachments]
        return list(dict.fromkeys([*needed, *self.dependencies]))

    def own_blocks(self) -> Iterator[Block]:
        names, entry = self.names, self.entry()
        name, role = names.terraform, f"aws_iam_role.schedule_{names.terraform}"
        policy, named_at = self.schedule_policy, names.named_at("schedule_policy")
        yield self.task_definition_block()
        yield Block(f"data.aws_iam_policy_document.schedule_{name}_assume", entry)
        yield Block(role, entry, self.schedule_role, names.named_at("schedule_role"))
        yield Block(f"data.aws_iam_policy_document.schedule_{name}", entry)
        yield Block(f"aws_iam_role_policy.schedule_{name}", entry, policy, named_at, within=role)
        yield Block(f"aws_scheduler_schedule.{name}", entry, self.schedule_name, names.named_at("schedule"))

    def needs_account(self) -> bool:
        """The role trusts only the scheduler of its own account."""
        return True

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(10, "family", self.names.family_in_aws)
        yield Feature(20, "schedule", self._words)

    def checks(self, shared: Shared) -> Iterator[Check]:
        if self.enabled is False:
            yield Check("The job {} is not meant to run: it is not enabled", (self.names.key,))
        elif isinstance(self.enabled, str):
            yield Check("The job {} is meant to run {}, where {} is true", (self.names.key, self._words, self.enabled))
        else:
            yield Check("The job {} is meant to run {}", (self.names.key, self._words))
        if self.delivery.dead_letter:
            yield Check("The queue {} exists, and is a standard queue", (self.delivery.dead_letter,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.delivery.dead_letter:
            queue = self.delivery.dead_letter
            yield Drawn("queue", queue, queue, "queue", ("sends failed starts to",))

    def while_it_stays(self) -> Iterator[Check]:
        if self.enabled is True:
            yield Check("The schedule {} is enabled", (self._schedule_in_aws,))

    def caption(self, shared: Shared) -> str:
        return f"{super().caption(shared)} · {'not enabled' if self.enabled is False else self._words}"

    def watched_by(self, shared: Shared) -> Iterator[CommandLine]:
        yield CommandLine('aws scheduler get-schedule --name {} --region "$AWS_REGION"', (self._schedule_in_aws,))
        if self.log_group_in_use:
            yield CommandLine('aws logs tail {} --since 1d --region "$AWS_REGION"', (self.log_group_in_use.told,))

    @property
    def _schedule_in_aws(self) -> NameInAws:
        return NameInAws(f"aws_scheduler_schedule.{self.names.terraform}", self.schedule_name)

    def stopped_by(self) -> Iterator[str]:
        yield f"aws_scheduler_schedule.{self.names.terraform}"

    def shown(self, shared: Shared, at: datetime | None) -> Iterator[str | CommandLine]:
        if isinstance(self.enabled, str):
            yield f"runs {self._words}, where {self.enabled} is true"
        else:
            yield f"runs {self._words}" if self.enabled else f"is not enabled; would run {self._words}"
        if at and is_literal(self.schedule) and is_literal(self.timezone or "") and not self._is_rate:
            yield from self._next_runs(at)

    def _next_runs(self, at: datetime) -> Iterator[str]:
        from generator.aws.schedule.times import next_times

        try:
            times = next_times(self.schedule, self.timezone or "UTC", at)
        except Rejection as reason:
            yield f"  tfgen cannot tell when it runs next: {reason.what}"
            return
        except OverflowError:  # at the ends of the calendar, a time zone leads out of it
            times = []
        yield from (time.strftime(_TIME) for time in times)
        if not times:
            yield "  no run follows"

    @property
    def _is_rate(self) -> bool:
        """Whether it counts from its start, so that no clock and no time zone says when it runs."""
        return self.schedule.startswith("rate(")

    @property
    def _words(self) -> str:
        from generator.aws.schedule.words import in_words

        words = in_words(self.schedule) if is_literal(self.schedule) else self.schedule
        return words if self._is_rate or not self.timezone else f"{words}, {self.timezone}"
