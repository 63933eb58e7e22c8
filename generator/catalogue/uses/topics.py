"""The topics that a service's tasks publish to."""

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
from generator.catalogue.existing import TOPICS
from generator.catalogue.use import Use
from generator.settings.parts import setting

TOPIC = ThingSort(
    noun="topic",
    sort=TOPICS,
    arn="arn:{partition}:sns:{in_account}:{name}",
    name=limits.SNS_TOPIC_PATTERN,
    remedy="use up to 256 letters, digits, `-` and `_`; FIFO ends in .fifo",
    exists="The topic {} exists in the account and region that are applied to",
    profiles=(
        Profile("publish", "publish to", "the topic", ("sns:Publish",), on_key=("kms:GenerateDataKey", "kms:Decrypt")),
    ),
    elsewhere=elsewhere.OF_A_TOPIC,
    further=KEY_OF_THING,
)
"""What programs call that publish, and what SNS calls of KMS for them.

Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html,
https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html.
"""


class TopicsUse(Use):
    """SNS topics."""

    position = 81
    draws = "topic"
    profiles = TOPIC.profiles

    topics: ThingsSaid = setting(
        ThingsByName(TOPIC), "SNS topics by their names, each with what the tasks may do with it.", default={}
    )

    def accesses(self) -> Iterator[Access]:
        yield from accesses_by_name(self.topics, TOPIC, "topics", self.names)
