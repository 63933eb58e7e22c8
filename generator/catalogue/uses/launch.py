"""What tasks run on: a launch type, or a strategy of capacity providers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.arns import attribute_read
from generator.catalogue.provider_types import type_of_block
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Rule, Scope, Use
from generator.catalogue.uses.container_definition import said_of_container
from generator.catalogue.uses.terraform import TerraformUse
from generator.errors import Rejection, likely
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.objects import Entries
from generator.settings.parts import ListOf, Part, PartOf, setting
from generator.settings.values import Between, Choice, Matching, OrExpression, Text, shown

FARGATE, EC2, EXTERNAL = "FARGATE", "EC2", "EXTERNAL"
SPOT = "FARGATE_SPOT"
_PROVIDERS_OF_FARGATE = (FARGATE, SPOT)

_SERVICE, _TASK_DEFINITION, _STRATEGY = "aws_ecs_service", "aws_ecs_task_definition", "capacity_provider_strategy"
_OF_STRATEGIES = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html"


class _ProviderName(Matching):
    """The name of a capacity provider in AWS. AWS keeps names of some beginnings for itself."""

    def __init__(self) -> None:
        super().__init__(Text(), limits.CAPACITY_PROVIDER_PATTERN, "use up to 255 letters, digits, `-` and `_`")

    def read(self, value: object) -> str:
        name = super().read(value)
        is_reserved = name.lower().startswith(limits.RESERVED_CAPACITY_PROVIDERS)
        if is_literal(name) and is_reserved and name not in _PROVIDERS_OF_FARGATE:
            raise Rejection(f"AWS has no capacity provider {shown(name)}", likely(name, _PROVIDERS_OF_FARGATE))
        return name


class CapacityProvider(Part):
    """A capacity provider, and how many of the tasks run on it."""

    elsewhere = elsewhere.OF_A_CAPACITY_PROVIDER

    provider: str = setting(
        _ProviderName(), "`FARGATE`, `FARGATE_SPOT`, or the name of another one in AWS.", examples=_PROVIDERS_OF_FARGATE
    )
    base: int | str | None = setting(
        OrExpression(Between(0, limits.CAPACITY_BASE)), "Tasks that run on it before any other one.", default=None
    )
    weight: int | str | None = setting(
        OrExpression(Between(0, limits.CAPACITY_WEIGHT)), "Its share of the tasks beyond the base.", default=None
    )

    @property
    def arguments(self) -> dict[str, int | str]:
        """Those that are set, by their names in Terraform."""
        named = {"capacity_provider": self.provider, "base": self.base, "weight": self.weight}
        return {name: value for name, value in named.items() if value is not None}

    @property
    def as_option(self) -> str:
        """It as the commands of AWS take it, as catalogue text."""
        named = {"capacityProvider": self.provider, "base": self.base, "weight": self.weight}
        return ",".join(f"{name}={value}" for name, value in named.items() if value is not None)

    @property
    def has_base(self) -> bool:
        """Whether a base is written, and not 0. What an expression comes to is not known."""
        return isinstance(self.base, int) and self.base > 0

    @property
    def is_of_fargate(self) -> bool:
        """Whether tasks on it run on Fargate. An expression is taken for instances unless it has the word in it.

        AWS keeps names that begin so for itself. Source:
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html.
        """
        return FARGATE in self.provider


def with_launch(*settings: str) -> frozenset[str]:
    """Return settings with those beside them that say what tasks run on: what a rule about them needs."""
    return frozenset({*settings, "launch", "capacity", "terraform"})


def _one_way_to_launch(service: LaunchUse, shared: Shared) -> Iterator[Breach]:
    """Check that a service with a strategy has no launch type: ECS takes one of the two."""
    if service.launch is not None and service.capacity is not None:
        what = "`capacity` says what the tasks run on, and ECS does not take a launch type beside it"
        yield Breach(("launch",), what, "remove one of the two, an inherited one by `null`")
    if not isinstance(service, TerraformUse):
        return
    for one in TerraformUse.adjustments(service):
        is_of_service = type_of_block(one.address) == _SERVICE and service.capacity is None
        if is_of_service and one.said.get(_STRATEGY) and one.said.get("launch_type", "") is not None:
            what = "ECS takes a strategy or a launch type, and tfgen writes `launch_type`"
            remedy = "write the strategy as `capacity:` of the service, or `launch_type: null` beside it"
            yield Breach(("terraform", _SERVICE, _STRATEGY), what, remedy)


def _a_strategy_places_tasks(service: LaunchUse, shared: Shared) -> Iterator[Breach]:
    capacity = service.capacity or ()
    most, taker = service.most_capacity_providers
    if len(capacity) > most:
        yield Breach(("capacity",), f"{len(capacity)} providers are too many: {taker} takes {most}", "remove some")
    if len(capacity) > 1 and all((one.weight or 0) == 0 for one in capacity):
        what = "ECS places no task where each provider has the weight 0, as one has without `weight`"
        yield Breach(("capacity",), what, "add `weight: 1` to one of them")
    for index, one in enumerate(capacity):
        place, before = ("capacity", index), capacity[:index]
        if any(other.provider == one.provider for other in before):
            yield Breach((*place, "provider"), f"{shown(one.provider)} stands above already", "keep one of the two")
        if one.has_base and any(other.has_base for other in before):
            yield Breach((*place, "base"), "another provider has a base, and ECS takes one", "keep one of the two")


def _one_sort_of_provider(service: LaunchUse, shared: Shared) -> Iterator[Breach]:
    """Check that no instances are among Fargate's providers; of an expression that is known only in part."""
    capacity = service.capacity or ()
    if not any(one.provider in _PROVIDERS_OF_FARGATE for one in capacity):
        return
    for index, one in enumerate(capacity):
        type_, _ = attribute_read(one.provider) or ("", "")
        if type_ == "aws_ecs_capacity_provider" or (is_literal(one.provider) and not one.is_of_fargate):
            what = f"{shown(one.provider)} has instances, and a strategy has Fargate's providers or others"
            yield Breach(("capacity", index, "provider"), what, "remove the one sort or the other")


def _fargate_has_no_gpu(service: LaunchUse, shared: Shared) -> Iterator[Breach]:
    for container in service.all_containers if runs_on_fargate(service) else ():
        said = said_of_container(container)
        wanted = said.get("resourceRequirements")
        for index, one in enumerate(wanted if isinstance(wanted, tuple) else ()):
            if one.get("type") == "GPU":
                key = (*container.way, "container_definition", "resourceRequirements", index, "type")
                yield Breach(key, "Fargate has no GPU", "remove it, or set `launch: EC2` in the service")


class LaunchUse(Use):
    """The launch type of tasks, or the capacity providers that they are spread over.

    `most_capacity_providers` says how many a strategy may have, and what takes no more.
    """

    most_capacity_providers: ClassVar[tuple[int, str]] = (limits.MOST_CAPACITY_PROVIDERS, "ECS")

    position = 18
    scope = Scope.ALL

    launch: str | None = setting(
        OrExpression(Choice(FARGATE, EC2, EXTERNAL)),
        "What the tasks run on: `FARGATE`, as without the key, `EC2`, or `EXTERNAL` for machines of ECS Anywhere.",
        default=None,
        writes=("aws_ecs_service.launch_type", "aws_scheduler_schedule.target.ecs_parameters.launch_type"),
    )
    capacity: tuple[CapacityProvider, ...] | None = setting(
        ListOf(PartOf(CapacityProvider)),
        "Capacity providers in place of a launch type; an empty list leaves it to the cluster's own strategy.",
        default=None,
        writes=(
            f"aws_ecs_service.{_STRATEGY}",
            f"aws_scheduler_schedule.target.ecs_parameters.{_STRATEGY}",
        ),
    )

    rules = (
        Rule(
            "one-way-to-launch",
            with_launch(),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
            _one_way_to_launch,
        ),
        Rule("strategy-places-tasks", frozenset({"capacity"}), _OF_STRATEGIES, _a_strategy_places_tasks),
        Rule(
            "one-sort-of-provider",
            frozenset({"capacity"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html",
            _one_sort_of_provider,
        ),
        Rule(
            "gpu-of-instances",
            with_launch("containers", "container_definition"),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html",
            _fargate_has_no_gpu,
        ),
    )

    @property
    def launch_type(self) -> str | None:
        """The launch type, as catalogue text; none where capacity providers say what the tasks run on."""
        return (self.launch or FARGATE) if self.capacity is None else None

    @property
    def compatibility(self) -> str:
        """What the task definition is made for, as catalogue text."""
        if self.capacity:
            return FARGATE if any(one.is_of_fargate for one in self.capacity) else EC2
        if self.capacity is not None and vars(self).get("network_mode") not in (None, "awsvpc"):
            return EC2  # the cluster's own strategy has instances: Fargate has no such network
        return self.launch or FARGATE

    @cached_property
    def compatibilities(self) -> tuple[str, ...]:
        """All that the task definition is made for, as Terraform's own names may say too; nothing if not known."""
        said: Entries = self.said_of(_TASK_DEFINITION) if isinstance(self, TerraformUse) else {}
        found = said.get("requires_compatibilities", (self.compatibility,))
        return found if isinstance(found, tuple) and all(map(is_literal, found)) else ()

    @property
    def needs_no_size(self) -> bool:
        """Whether the catalogue's own keys say that tasks run elsewhere than on Fargate."""
        return self.compatibility in (EC2, EXTERNAL)

    @property
    def strategy(self) -> list[str] | None:
        """The strategy as the commands of AWS take it, as catalogue text; none where there is a launch type."""
        return None if self.capacity is None else [one.as_option for one in self.capacity]

    @property
    def named_providers(self) -> list[str]:
        """The capacity providers that it names, as catalogue text."""
        return [one.provider for one in self.capacity or ()]

    def needed_first(self) -> Iterator[str]:
        """A cluster takes a service on providers that it has. Those of another cluster are not the module's."""
        if self.capacity and self.names.runs_in_own_cluster:
            yield "aws_ecs_cluster_capacity_providers.this"

    def checks(self, shared: Shared) -> Iterator[Check]:
        for name in self.named_providers:
            if name not in _PROVIDERS_OF_FARGATE:
                yield Check("The capacity provider {} exists", (name,))
        if SPOT in self.named_providers:
            yield Check("The tasks of {} may stop two minutes after a warning, as those on Spot do", (self.names.key,))
        if self.launch in (EC2, EXTERNAL):
            yield Check("The cluster has instances for the tasks of {}", (self.names.key,))


def runs_on_fargate(service: Use) -> bool:
    """Tell whether the task definition has to be right for Fargate, for certain."""
    return isinstance(service, LaunchUse) and FARGATE in service.compatibilities


def runs_elsewhere(service: Use) -> bool:
    """Tell whether no task runs on Fargate, for certain."""
    if not isinstance(service, LaunchUse) or FARGATE in service.compatibilities:
        return False
    return bool(service.compatibilities) or service.needs_no_size
