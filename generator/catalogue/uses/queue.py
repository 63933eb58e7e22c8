"""The queues that a service's tasks take messages from, and send them to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.access import (
    KEY_OF_THING,
    Access,
    Profile,
    ThingsByName,
    ThingSort,
    ThingsSaid,
    accesses_by_name,
)
from generator.catalogue.arns import attribute_read
from generator.catalogue.existing import QUEUES, Existing
from generator.catalogue.use import Column, Use
from generator.catalogue.words import NameOrArn
from generator.settings.parts import setting
from generator.settings.values import Embedded

_NAME_REMEDY = "up to 80 letters, digits, `-` and `_`; FIFO ends in .fifo"

QUEUE = ThingSort(
    noun="queue",
    sort=QUEUES,
    arn="arn:{partition}:sqs:{in_account_of_queue}:{name}",
    name=limits.SQS_QUEUE_PATTERN,
    remedy=f"use {_NAME_REMEDY}",
    exists="The queue {} exists in the account and region that are applied to",
    profiles=(
        Profile(
            "consume",
            "consume",
            "the queue",
            ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
            on_key=("kms:Decrypt",),
        ),
        Profile("extend", "hide messages longer in", "the queue", ("sqs:ChangeMessageVisibility",)),
        Profile("produce", "send to", "the queue", ("sqs:SendMessage",), on_key=("kms:GenerateDataKey", "kms:Decrypt")),
        Profile("lookup", "look up", "the queue", ("sqs:GetQueueUrl",)),
    ),
    elsewhere=elsewhere.OF_A_QUEUE,
    further=KEY_OF_THING,
)
"""What programs call that consume a queue, or send to one, and what SQS calls of KMS for them.

Sources: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html,
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html.
"""


class _Queue(NameOrArn):
    """A queue's name, or an expression for its name or ARN."""

    resource_type = "aws_sqs_queue"
    names = ("name",)
    other_attribute = ("is neither the queue's name nor its ARN", "write its attribute `arn`")
    arn_alone = "write the attribute `arn` alone"


class QueueUse(Use):
    """SQS queues."""

    position = 70
    draws = "queue"
    profiles = QUEUE.profiles
    columns = (Column(60, "QUEUE", lambda service, _: service.consumed),)

    queue: str | None = setting(
        _Queue(Embedded(), limits.SQS_QUEUE_PATTERN, f"write its name: {_NAME_REMEDY}; an ARN stands under `queues`"),
        "Name of the SQS queue that the tasks consume.",
        default=None,
        examples=("jobs", "mails.fifo"),
    )
    queues: ThingsSaid = setting(
        ThingsByName(QUEUE), "SQS queues by their names, each with what the tasks may do with it.", default={}
    )

    @property
    def consumed(self) -> str | None:
        """The queues that the tasks consume, in words; none where there are none."""
        told = [access.told for access in QueueUse.accesses(self) if "consume" in access.words]
        return ", ".join(told) or None

    def accesses(self) -> Iterator[Access]:
        if self.queue:
            is_arn = attribute_read(self.queue) == ("aws_sqs_queue", "arn")
            thing = Existing(self.queue, self.queue if is_arn else None, None if is_arn else self.queue)
            yield Access(QUEUE, thing, ("consume",), ("queue",), names=self.names)
        yield from accesses_by_name(self.queues, QUEUE, "queues", self.names)
