"""Where in the network a task runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.aws import limits
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Scope, Use
from generator.catalogue.uses.launch import EXTERNAL, LaunchUse, runs_elsewhere, runs_on_fargate, with_launch
from generator.catalogue.uses.ports import Port, PortsUse
from generator.catalogue.uses.security_group import SecurityGroupUse
from generator.catalogue.words import SECURITY_GROUP_ID, SUBNET_ID
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.parts import TextList, setting
from generator.settings.values import Choice, OrExpression, Truth

_OF_A_TASK, _BRIDGE, _NONE = "awsvpc", "bridge", "none"
_OF_MODES = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"


def _a_network_is_set(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    if service.is_bare:
        yield from _subnets_where_tasks_are_started(service)
        return
    is_sound = hasattr(shared, "network")  # what lies under a service is told of by itself if it has an error
    for name in ("subnets", "security_groups"):
        if is_sound and service.has_interface and getattr(service, name) is None:
            what = "a null takes away what `network` gives, and a task needs it"
            yield Breach((name,), what, "remove the line, or write a list")


def _subnets_where_tasks_are_started(service: NetworkUse) -> Iterator[Breach]:
    """Check a service of the preset `bare`. Whoever runs a task that nothing starts says where it runs."""
    if service.subnets is None and service.starts_tasks and service.has_interface:
        what = "ECS starts no task of it without subnets"
        yield Breach((), what, "add `subnets:` to the service, or `network:` at the top")
    elif service.subnets is None and service.security_groups is not None and service.has_interface:
        yield Breach(
            ("security_groups",), "it has no effect without subnets", "add `subnets:`, or remove it", "warning"
        )


def _no_more_than_aws_takes(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    subnets, groups = _count(service.subnets), _count(service.security_groups) + bool(service.own_security_group)
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


def _tasks_have_such_a_network(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    if runs_on_fargate(service) and not service.has_interface:
        what = f"tasks on Fargate have the network mode {_OF_A_TASK}"
        yield Breach(("network_mode",), what, "remove it, or set `launch: EC2`")
    if isinstance(service, LaunchUse) and service.launch == EXTERNAL and service.has_interface:
        what = f"tasks on external machines have no network mode {_OF_A_TASK}"
        yield Breach(("launch",), what, "add `network_mode: bridge`, `host` or `none`")


def _only_an_interface_is_in_a_subnet(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    if service.has_interface or not hasattr(shared, "network"):
        return
    network = shared.network
    inherited = {"subnets": network.subnets, "security_groups": network.security_groups} if network else {}
    for name in ("subnets", "security_groups", "security_group", "assign_public_ip"):
        if getattr(service, name, None) not in (inherited.get(name), None, False):
            what = f"tasks of the network mode {service.network_mode} have no network interface of their own"
            yield Breach((name,), what, f"remove it, or set `network_mode: {_OF_A_TASK}`")


def _host_ports_are_such(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    """Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html, `hostPort`."""
    for container in service.all_containers:
        for index, port in enumerate(container.ports if isinstance(container, PortsUse) else ()):
            key = (*container.way, "ports", index)
            if service.network_mode == _NONE:
                yield Breach(key, "tasks of the network mode none have no ports", "remove it")
            elif isinstance(port, Port) and port.host_port not in (None, port.port) and not service.has_bridge:
                what = "only in the network mode bridge the host's port is another one"
                yield Breach((*key, "host_port"), what, "remove it, or set `network_mode: bridge`")


def _only_fargate_gives_public_addresses(service: NetworkUse, shared: Shared) -> Iterator[Breach]:
    if service.assign_public_ip is True and service.has_interface and runs_elsewhere(service):
        yield Breach(("assign_public_ip",), "only tasks on Fargate get a public address", "remove it")


class NetworkUse(Use):
    """Subnets and security groups of the tasks: those of `network`, unless the service says otherwise.

    `most_security_groups` says how many a task of the kind may have, and what takes no more. `starts_tasks` is true of
    a kind whose blocks say where its tasks run.
    """

    most_security_groups: ClassVar[tuple[int, str]] = (limits.MOST_SECURITY_GROUPS, "a network interface")

    starts_tasks: ClassVar[bool] = True

    position = 130
    scope = Scope.ALL

    network_mode: str | None = setting(
        Choice(_OF_A_TASK, _BRIDGE, "host", _NONE),
        "Network of the containers: `awsvpc`, as without the key, for an interface of the task's own.",
        default=None,
        writes=("aws_ecs_task_definition.network_mode",),
    )
    subnets: tuple[str, ...] | str | None = setting(
        TextList(1, SUBNET_ID),
        "Subnets in place of those of `network`.",
        default=None,
        writes=(
            "aws_ecs_service.network_configuration.subnets",
            "aws_scheduler_schedule.target.ecs_parameters.network_configuration.subnets",
        ),
    )
    security_groups: tuple[str, ...] | str | None = setting(
        TextList(0, SECURITY_GROUP_ID),
        "Security groups in place of those of `network`.",
        default=None,
        writes=(
            "aws_ecs_service.network_configuration.security_groups",
            "aws_scheduler_schedule.target.ecs_parameters.network_configuration.security_groups",
        ),
    )
    assign_public_ip: bool | str | None = setting(
        OrExpression(Truth()),
        "Whether the tasks get a public IP address.",
        default=False,
        writes=(
            "aws_ecs_service.network_configuration.assign_public_ip",
            "aws_scheduler_schedule.target.ecs_parameters.network_configuration.assign_public_ip",
        ),
        bare=None,
    )

    @property
    def mode_of_network(self) -> str:
        return self.network_mode or _OF_A_TASK

    @property
    def has_interface(self) -> bool:
        """Whether each task has a network interface of its own, and so an address in a subnet."""
        return self.mode_of_network == _OF_A_TASK

    @property
    def targets(self) -> str:
        """What its tasks are to a target group: addresses, or instances.

        Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html.
        """
        return "ip" if self.has_interface else "instance"

    @property
    def has_bridge(self) -> bool:
        """Whether ports of the instance lead to those of containers."""
        return self.network_mode == _BRIDGE

    @property
    def own_security_group(self) -> str | None:
        """Id of the security group that the service alone has, as catalogue text."""
        is_made = isinstance(self, SecurityGroupUse) and self.security_group is not None
        return self.names.attribute(f"aws_security_group.{self.names.terraform}", "id") if is_made else None

    @property
    def has_security_groups(self) -> bool:
        return self.security_groups is not None or self.own_security_group is not None

    @property
    def listed_security_groups(self) -> tuple[str, ...]:
        """The security groups of the tasks, that of the service alone first, where no expression is all of them."""
        own = (self.own_security_group,) if self.own_security_group else ()
        return (*own, *(self.security_groups or ()))

    rules = (
        Rule("network-mode", with_launch("network_mode"), _OF_MODES, _tasks_have_such_a_network),
        Rule(
            "network-of-an-interface",
            frozenset({"network_mode", "subnets", "security_groups", "security_group", "assign_public_ip"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
            _only_an_interface_is_in_a_subnet,
        ),
        Rule(
            "public-addresses",
            with_launch("assign_public_ip", "network_mode"),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
            _only_fargate_gives_public_addresses,
        ),
        Rule("host-ports", frozenset({"network_mode", "ports", "containers"}), _OF_MODES, _host_ports_are_such),
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
