"""Target groups that tfgen makes, and how a load balancer finds their targets healthy."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import elsewhere
from generator.settings.breach import Breach
from generator.settings.parts import Part, PartOf, setting, values_of
from generator.settings.values import Between, Choice, Matching, OrExpression, Text

_TYPE = "aws_lb_target_group"
_PROTOCOL = ("HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP")
_OF_APPLICATIONS = ("HTTP", "HTTPS")
_OF_CHECKS = ("HTTP", "HTTPS", "TCP")


class TargetHealthCheck(Part):
    """How a load balancer finds out whether a task is healthy.

    Source of its limits: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
    """

    elsewhere = elsewhere.OF_A_TARGET_HEALTH_CHECK

    path: str | None = setting(
        Matching(Text(), r"/.{0,1023}", "begin with `/`, and use up to 1024 characters"),
        "Path of a request, with HTTP and HTTPS.",
        default=None,
        examples=("/healthz",),
        writes=(f"{_TYPE}.health_check.path",),
    )
    matcher: str | None = setting(
        Matching(Text(), r"\d{1,3}([,-]\d{1,3})*", "write codes such as `200`, `200,202` or `200-299`"),
        "Codes of answers that are healthy.",
        default=None,
        examples=("200-299",),
        writes=(f"{_TYPE}.health_check.matcher",),
    )
    port: int | str | None = setting(
        OrExpression(Between(1, 65535)),
        "Port of the request, if not the one that tasks are reached at.",
        default=None,
        writes=(f"{_TYPE}.health_check.port",),
    )
    protocol: str | None = setting(
        OrExpression(Choice(*_OF_CHECKS)),
        "Protocol of the request, if not the one that tasks are reached with.",
        default=None,
        writes=(f"{_TYPE}.health_check.protocol",),
    )
    interval: int | str | None = setting(
        OrExpression(Between(5, 300)),
        "Seconds between two requests.",
        default=None,
        writes=(f"{_TYPE}.health_check.interval",),
    )
    timeout: int | str | None = setting(
        OrExpression(Between(2, 120)),
        "Seconds without an answer after which a request has failed.",
        default=None,
        writes=(f"{_TYPE}.health_check.timeout",),
    )
    healthy_threshold: int | str | None = setting(
        OrExpression(Between(2, 10)),
        "How many answers in a row make a task healthy.",
        default=None,
        writes=(f"{_TYPE}.health_check.healthy_threshold",),
    )
    unhealthy_threshold: int | str | None = setting(
        OrExpression(Between(2, 10)),
        "How many failures in a row make it unhealthy.",
        default=None,
        writes=(f"{_TYPE}.health_check.unhealthy_threshold",),
    )

    @property
    def arguments(self) -> dict[str, int | str]:
        """The arguments of the block, by their names in Terraform."""
        return {name: value for name, value in values_of(self) if value is not None}

    def breaches(self, of_targets: str) -> Iterator[Breach]:
        """Yield what does not go with the protocol with which tasks are reached, or with each other."""
        if self.protocol == "TCP" and of_targets in _OF_APPLICATIONS:
            yield Breach(
                ("protocol",), f"tasks that are reached with {of_targets} are checked with HTTP or HTTPS", "remove it"
            )
        elif self.protocol == "TCP":
            for name in (name for name in ("path", "matcher") if vars(self)[name] is not None):
                yield Breach((name,), "a check with TCP makes no request", "remove it, or write `protocol: HTTP`")
        interval, timeout = self.interval, self.timeout
        if not (isinstance(interval, int) and isinstance(timeout, int)):
            return
        if timeout >= interval and of_targets in _OF_APPLICATIONS:
            yield Breach(("timeout",), f"it is not below the interval of {interval} seconds", "write less")


class TargetGroup(Part):
    """A target group that tfgen makes. What attaches it to a load balancer is hand-written."""

    elsewhere = elsewhere.OF_A_TARGET_GROUP

    protocol: str = setting(
        OrExpression(Choice(*_PROTOCOL)),
        "Protocol with which tasks are reached.",
        default="HTTP",
        writes=(f"{_TYPE}.protocol",),
    )
    deregistration_delay: int | str | None = setting(
        OrExpression(Between(0, 3600)),
        "Seconds that a task which stops still has for its requests.",
        default=None,
        writes=(f"{_TYPE}.deregistration_delay",),
    )
    health_check: TargetHealthCheck | None = setting(
        PartOf(TargetHealthCheck), "How a task is found healthy.", default=None
    )

    def breaches(self) -> Iterator[Breach]:
        """Yield what a load balancer does not take.

        Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html.
        """
        found = self.health_check.breaches(self.protocol) if self.health_check else ()
        yield from (breach.below("health_check") for breach in found)
