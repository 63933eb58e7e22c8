"""Whether a service's tasks send traces."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.access import Profile
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Use
from generator.settings.parts import setting
from generator.settings.values import Truth

_SEND_AND_SAMPLE = (
    *("xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"),
    "xray:GetSamplingStatisticSummaries",
)
"""Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html."""


class TracesUse(Use):
    """Traces of X-Ray, which knows no resources that they are sent to."""

    position = 87
    draws = "traces"
    profiles = (Profile("send", "send", "traces", _SEND_AND_SAMPLE),)

    traces: bool | None = setting(Truth(), "Whether the tasks may send traces to X-Ray.", default=None)

    def grants(self) -> Iterator[Statement]:
        if self.traces:
            yield Statement(_SEND_AND_SAMPLE, ("*",))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.traces:
            yield Drawn(TracesUse.draws, "X-Ray", "X-Ray", "traces", ("sends traces to",))
