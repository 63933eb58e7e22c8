"""The queue that a service's tasks consume."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.arns import attribute_read, attributes_within
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Drawn, Use
from generator.errors import Rejection
from generator.settings.parts import setting
from generator.settings.values import Embedded, Matching, shown

CONSUME_ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
"""What a consumer's loop calls.

Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html.
"""

_QUEUE_ARN = "arn:aws:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:"


class _Queue(Matching):
    """A queue's name, or an expression for its name or ARN."""

    def read(self, value: object) -> str:
        text = super().read(value)
        read = attribute_read(text)
        for type_, attribute in attributes_within(text):
            if type_ == "aws_sqs_queue" and attribute not in ("arn", "name"):
                raise Rejection(f"{shown(text)} is neither the queue's name nor its ARN", "write its attribute `arn`")
            if type_ == "aws_sqs_queue" and attribute == "arn" and read is None:
                raise Rejection(f"{shown(text)} has an ARN within a name", "write the attribute `arn` alone")
        return text


class QueueUse(Use):
    """An SQS queue of the module's own account and region."""

    position = 70
    draws = "queue"
    columns = (Column(60, "QUEUE", lambda service, _: service.queue),)

    queue: str | None = setting(
        _Queue(
            Embedded(),
            limits.SQS_QUEUE_PATTERN,
            "write its name: up to 80 letters, digits, `-` and `_`; FIFO ends in .fifo",
        ),
        "Name of the SQS queue that the tasks consume.",
        default=None,
        examples=("jobs", "mails.fifo"),
    )

    def grants(self) -> Iterator[Statement]:
        if self.queue:
            is_arn = attribute_read(self.queue) == ("aws_sqs_queue", "arn")
            yield Statement(CONSUME_ACTIONS, (self.queue if is_arn else _QUEUE_ARN + self.queue,))

    def checks(self, shared: Shared) -> Iterator[Check]:
        if self.queue:
            yield Check("The queue {} exists in the account and region that are applied to", (self.queue,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.queue:
            yield Drawn(QueueUse.draws, self.queue, self.queue, "queue", ("consumes",))
