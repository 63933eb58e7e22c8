"""The queue that a service's tasks consume."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.arns import attribute_read
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Drawn, Use
from generator.catalogue.words import NameOrArn
from generator.settings.parts import setting
from generator.settings.values import Embedded

CONSUME_ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
"""What a consumer's loop calls.

Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html.
"""


class _Queue(NameOrArn):
    """A queue's name, or an expression for its name or ARN."""

    resource_type = "aws_sqs_queue"
    names = ("name",)
    other_attribute = ("is neither the queue's name nor its ARN", "write its attribute `arn`")
    arn_alone = "write the attribute `arn` alone"


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
            arn = self.queue if is_arn else f"arn:{self.names.partition}:sqs:{self.names.queue_in_account}:{self.queue}"
            yield Statement(CONSUME_ACTIONS, (arn,))

    def checks(self, shared: Shared) -> Iterator[Check]:
        if self.queue:
            yield Check("The queue {} exists in the account and region that are applied to", (self.queue,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.queue:
            yield Drawn(QueueUse.draws, self.queue, self.queue, "queue", ("consumes",))
