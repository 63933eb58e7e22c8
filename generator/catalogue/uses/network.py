"""Where in the network a task runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.aws import limits
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.uses.security_group import SecurityGroupUse
from generator.hcl.write.text import is_literal, whole_expression
from generator.settings.breach import Breach
from generator.settings.parts import TextList, setting
from generator.settings.values import OrExpression, Truth


def _a_network_is_set(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    is_sound = hasattr(shared, "network")  # what lies under a service is told of by itself if it has an error
    for name in ("subnets", "security_groups"):
        if is_sound and getattr(service, name) is None:
            what = "a null takes away what `network` gives, and a task needs it"
            yield Breach((name,), what, "remove the line, or write a list")


def _no_more_than_aws_takes(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    subnets, groups = _count(service.subnets), _count(service.security_groups) + service.has_own_security_group
    if subnets > limits.MOST_SUBNETS:
        what = f"{subnets} subnets are too many: ECS takes {limits.MOST_SUBNETS}"
        yield Breach(("subnets",), what, f"remove {subnets - limits.MOST_SUBNETS}")
    most, taker = service.most_security_groups
    if groups > most:
        what = f"{groups} security groups are too many: {taker} takes {most}"
        yield Breach(("security_groups",), what, f"remove {groups - most}")
    elif groups > limits.USUAL_SECURITY_GROUPS:
        what = (
            f"{groups} security groups are more than the {limits.USUAL_SECURITY_GROUPS} that a network interface "
            "may have where the AWS account has no higher quota"
        )
        yield Breach(("security_groups",), what, "remove some, or see that the account's quota allows them", "warning")


def _count(texts: tuple[str, ...] | str | None) -> int:
    """Return how many different things a list names for certain. The provider sends each once."""
    return len({text for text in texts if is_literal(text)}) if isinstance(texts, tuple) else 0


class NetworkUse(Use):
    """Subnets and security groups of the tasks: those of `network`, unless the service says otherwise.

    `most_security_groups` says how many a task of the kind may have, and what takes no more.
    """

    most_security_groups: ClassVar[tuple[int, str]] = (limits.MOST_SECURITY_GROUPS, "a network interface")

    position = 130

    subnets: tuple[str, ...] | str | None = setting(
        TextList(at_least=1),
        "Subnets in place of those of `network`.",
        default=None,
        writes=(
            "aws_ecs_service.network_configuration.subnets",
            "aws_scheduler_schedule.target.ecs_parameters.network_configuration.subnets",
        ),
    )
    security_groups: tuple[str, ...] | str | None = setting(
        TextList(),
        "Security groups in place of those of `network`.",
        default=None,
        writes=(
            "aws_ecs_service.network_configuration.security_groups",
            "aws_scheduler_schedule.target.ecs_parameters.network_configuration.security_groups",
        ),
    )
    assign_public_ip: bool | str = setting(
        OrExpression(Truth()),
        "Whether the tasks get a public IP address.",
        default=False,
        writes=(
            "aws_ecs_service.network_configuration.assign_public_ip",
            "aws_scheduler_schedule.target.ecs_parameters.network_configuration.assign_public_ip",
        ),
    )

    @property
    def has_own_security_group(self) -> bool:
        return isinstance(self, SecurityGroupUse) and self.security_group is not None

    @property
    def all_security_groups(self) -> tuple[str, ...] | str | None:
        """The security groups of the tasks, that of the service alone first."""
        if not self.has_own_security_group:
            return self.security_groups
        own = self.names.attribute(f"aws_security_group.{self.names.terraform}", "id")
        if isinstance(self.security_groups, str):
            return f"${{concat([{whole_expression(own)}], {whole_expression(self.security_groups)})}}"
        return (own, *(self.security_groups or ()))

    rules = (
        Rule(
            "network-is-set",
            frozenset({"subnets", "security_groups"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
            _a_network_is_set,
        ),
        Rule(
            "subnets-and-security-groups",
            frozenset({"subnets", "security_groups"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
            _no_more_than_aws_takes,
        ),
    )
