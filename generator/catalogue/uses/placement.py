"""How ECS chooses the instances that tasks run on."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Scope, Use
from generator.catalogue.uses.launch import runs_on_fargate, with_launch
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, OrPart, Part, PartOf, setting
from generator.settings.values import Choice, OrExpression, Text

_RANDOM, _DISTINCT = "random", "distinct_instance"


class PlacementStrategy(Part):
    """A rule by which instances are preferred: `spread` or `binpack`."""

    elsewhere = elsewhere.OF_A_PLACEMENT_STRATEGY

    spread: str | None = setting(
        Text(),
        "What tasks are spread over: `instanceId`, or an attribute of instances.",
        default=None,
        examples=("attribute:ecs.availability-zone", "instanceId"),
    )
    binpack: str | None = setting(
        OrExpression(Choice("cpu", "memory")), "What instances are filled up by.", default=None
    )


class PlacementConstraint(Part):
    """What an instance has to be like."""

    elsewhere = elsewhere.OF_A_PLACEMENT_CONSTRAINT

    member_of: str = setting(
        Text(), "An expression in the query language of clusters.", examples=("attribute:ecs.instance-type =~ r6g.*",)
    )


class Placement(Part):
    """How ECS chooses instances."""

    elsewhere = elsewhere.OF_A_PLACEMENT

    strategy: tuple[str | PlacementStrategy, ...] = setting(
        ListOf(OrPart(Choice(_RANDOM), PlacementStrategy)),
        "Rules by which instances are preferred, the first one first: `spread`, `binpack` or `random`.",
        default=(),
        writes=(
            "aws_ecs_service.ordered_placement_strategy",
            "aws_scheduler_schedule.target.ecs_parameters.placement_strategy",
        ),
    )
    constraints: tuple[str | PlacementConstraint, ...] = setting(
        ListOf(OrPart(Choice(_DISTINCT), PlacementConstraint)),
        "What each instance has to be like: `distinct_instance`, or `member_of`.",
        default=(),
        writes=(
            "aws_ecs_service.placement_constraints",
            "aws_scheduler_schedule.target.ecs_parameters.placement_constraints",
        ),
    )

    @property
    def strategy_blocks(self) -> list[dict[str, str]]:
        """The arguments of each block of the strategy."""
        return [
            {"type": _RANDOM}
            if isinstance(one, str)
            else {"type": "spread", "field": one.spread}
            if one.spread is not None
            else {"type": "binpack", "field": one.binpack or ""}
            for one in self.strategy
        ]

    @property
    def constraint_blocks(self) -> list[dict[str, str]]:
        """The arguments of each block of a constraint."""
        return [
            {"type": "distinctInstance"} if isinstance(one, str) else {"type": "memberOf", "expression": one.member_of}
            for one in self.constraints
        ]

    def breaches(self) -> Iterator[Breach]:
        """Yield what ECS does not take, whatever tasks are placed so."""
        for index, one in enumerate(self.strategy):
            if isinstance(one, PlacementStrategy) and (one.spread is None) == (one.binpack is None):
                yield Breach(("strategy", index), "it says none or both of two things", "write `spread` or `binpack`")
        for name, found, most in (
            ("strategy", len(self.strategy), limits.MOST_PLACEMENT_STRATEGIES),
            ("constraints", len(self.constraints), limits.MOST_PLACEMENT_CONSTRAINTS),
        ):
            if found > most:
                yield Breach((name,), f"{found} are too many: ECS takes {most}", "remove some")


def _instances_can_be_chosen(service: PlacementUse, shared: Shared) -> Iterator[Breach]:
    if service.placement is None:
        return
    if runs_on_fargate(service):
        what = "Fargate has no instances to choose from"
        yield Breach(("placement",), what, "remove it, or set `launch: EC2`")
    yield from (breach.below("placement") for breach in service.placement.breaches())


class PlacementUse(Use):
    """The choice of instances."""

    position = 135
    scope = Scope.ALL

    placement: Placement | None = setting(PartOf(Placement), "How ECS chooses instances.", default=None)

    rules = (
        Rule(
            "choice-of-instances",
            with_launch("placement"),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html",
            _instances_can_be_chosen,
        ),
    )
