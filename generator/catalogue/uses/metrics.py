"""The metrics that a service's tasks send."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.access import Profile
from generator.catalogue.permissions import Condition, Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Use
from generator.settings.parts import ListOf, setting
from generator.settings.values import Matching, Text

_SEND = ("cloudwatch:PutMetricData",)


class MetricsUse(Use):
    """Metrics of CloudWatch, in some namespaces alone: that is all that it knows of where they are sent to."""

    position = 86
    draws = "metrics"
    profiles = (Profile("send", "send", "metrics", _SEND),)

    metrics: tuple[str, ...] = setting(
        ListOf(Matching(Text(), limits.METRIC_NAMESPACE_PATTERN, "use up to 255 letters, digits and . - _ / # :")),
        "Namespaces of CloudWatch that the tasks may send metrics to.",
        default=(),
    )

    def grants(self) -> Iterator[Statement]:
        """Yield a statement. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html."""
        if self.metrics:
            in_namespaces = Condition("StringEquals", "cloudwatch:namespace", self.metrics)
            yield Statement(_SEND, ("*",), (in_namespaces,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for namespace in self.metrics:
            yield Drawn(MetricsUse.draws, namespace, namespace, "metrics", ("sends metrics to",))
