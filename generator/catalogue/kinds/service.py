"""Kind `service`: an ECS service whose tasks another service of the catalogue, or another file, defines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.aws import limits
from generator.catalogue.chosen_names import chosen
from generator.catalogue.ecs_service import EcsService
from generator.catalogue.existing import TASK_DEFINITIONS, NameOfExisting
from generator.catalogue.named import Told
from generator.catalogue.names import NAMES
from generator.catalogue.service import Service
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Feature, Rule, Scope
from generator.catalogue.uses.launch import SPOT, LaunchUse
from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.catalogue.uses.network import NetworkUse
from generator.catalogue.uses.platform import PlatformUse
from generator.catalogue.uses.ports import reached_in_vain
from generator.catalogue.uses.security_group import SecurityGroupUse
from generator.catalogue.uses.volumes import VolumesUse
from generator.catalogue.volume_types import Volume
from generator.errors import Rejection, likely, listed
from generator.hcl.write.text import hcl_text, is_literal
from generator.settings.breach import Breach
from generator.settings.parts import given_settings, setting, value_of
from generator.settings.values import shown

_TASK_DEFINITION = "task_definition"
_REVISION = re.compile(r"[A-Za-z0-9_-]{1,255}:[1-9][0-9]*")
_OF_SERVICES = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"


class _TaskDefinition(NameOfExisting):
    """The key of a service, or what names a revision of a task definition.

    Source of what a family holds: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html.
    """

    def __init__(self) -> None:
        super().__init__(TASK_DEFINITIONS)

    def read(self, value: object) -> str:
        text = super().read(value)
        if is_literal(text) and ":" in text and not _REVISION.fullmatch(text.rpartition("/")[2]):
            remedy = "write `family:revision`, or an ARN that ends so; the revision is a number"
            raise Rejection(f"{shown(text)} names no revision of a task definition", remedy)
        return text


def _its_tasks_are_defined(service: TasksOfAnother, shared: Any) -> Iterator[Breach]:
    """Check what is named: a service that has a task definition wherever this service is there."""
    name, key = service.task_definition, (_TASK_DEFINITION,)
    if not (service.names_a_service and service.is_rendered and hasattr(shared, "network")):
        return
    another = shared.services.get(name)
    having = [one for one, other in shared.services.items() if not isinstance(other, TasksOfAnother)]
    if another is None or not having:
        remedy = likely(name, having) if having else "write an ARN, or `family:revision`, of one that exists"
        yield Breach(key, f"the catalogue has no service `{name}` with a task definition", remedy)
    elif isinstance(another, TasksOfAnother):
        remedy = f"write `{another.task_definition}`" if another.another else likely(name, having)
        yield Breach(key, f"`{name}` has no task definition of its own", remedy)
    elif not another.is_rendered:
        yield Breach(key, f"`{name}` is not there: it has `when: false`", "name another service, or remove this one")
    elif isinstance(another.is_there, str) and not _is_there_with(service, another.is_there):
        what = f"the task definition of `{name}` is not always there"
        yield Breach(key, what, f"write its condition here too, `when: {another.is_there}`")


def _is_there_with(service: TasksOfAnother, condition: str) -> bool:
    return isinstance(service.is_there, str) and hcl_text(service.is_there) == hcl_text(condition)


def _its_tasks_run_there(service: TasksOfAnother, shared: Shared) -> Iterator[Breach]:
    """Check that the tasks are made for what the service runs them on."""
    another = service.another
    if not (isinstance(another, LaunchUse) and isinstance(another, NetworkUse)):
        return
    made_for = another.compatibilities
    if isinstance(service, LaunchUse) and _is_another(service.compatibility, made_for):
        what, fitting = f"the tasks of `{another.names.key}` are made for {listed(made_for)}", made_for[0]
        if service.capacity:
            yield Breach(("capacity",), what, f"remove it, or name a provider for {fitting}")
        else:
            yield Breach(("launch",), what, f"write `launch: {fitting}`")
    is_windows = isinstance(another, PlatformUse) and another.is_windows
    if isinstance(service, LaunchUse) and is_windows and SPOT in service.named_providers:
        yield Breach(("capacity",), "Windows does not run on FARGATE_SPOT", "write `provider: FARGATE` alone")
    if isinstance(service, NetworkUse) and service.mode_of_network != another.mode_of_network:
        what = f"the tasks of `{another.names.key}` have the network mode {another.mode_of_network}"
        yield Breach(("network_mode",), what, f"write `network_mode: {another.mode_of_network}`")


def _is_another(compatibility: str, made_for: tuple[str, ...]) -> bool:
    return bool(made_for) and is_literal(compatibility) and compatibility not in made_for


def _a_load_balancer_reaches_its_tasks(service: TasksOfAnother, shared: Shared) -> Iterator[Breach]:
    if not isinstance(service, LoadBalancerUse):
        return
    is_named = "container" in service.names.chosen
    for front in service.in_front:
        if front.port is None:
            yield Breach(front.key, "the port of the container is missing", "add `port:` to it")
        if not service.another and not service.names_a_service and front.said.container is None and not is_named:
            what = "the container that is reached is not known: the tasks are defined in a file of yours"
            yield Breach(front.key, what, "write `names: {container: NAME}` in the service")
    if service.another:
        yield from reached_in_vain(service, service.another.all_containers)


def _another_names_the_container(service: TasksOfAnother, shared: Any) -> Iterator[Breach]:
    below = shared.defaults
    of_defaults = chosen(value_of(below, NAMES)) if NAMES in given_settings(below) else {}
    inherited = (shared.names.chosen, of_defaults)
    if any("container" in names for names in inherited):
        return  # a name for all services is not said of this one
    if service.another and "container" in chosen(service.chosen_names):
        what = f"the task definition of `{service.another.names.key}` says what its container is called"
        yield Breach(("names", "container"), what, "remove it")


class TasksOfAnother(EcsService):
    """A further ECS service of tasks that are defined elsewhere: on other capacity, or behind other load balancers."""

    further = (LoadBalancerUse,)
    nameable = ("service", "container")
    draws = "task definition"

    task_definition: str = setting(
        _TaskDefinition(),
        "The task definition: the key of the service that has it, or an ARN, `family:revision` or an expression for "
        "one of another file.",
        own=True,
        examples=("${aws_ecs_task_definition.api.arn}", "api"),
    )

    rules = (
        Rule("tasks-of-another", frozenset({_TASK_DEFINITION, "when"}), _OF_SERVICES, _its_tasks_are_defined),
        Rule(
            "launch-of-tasks-of-another",
            frozenset({_TASK_DEFINITION, "launch", "capacity", "network_mode", "terraform"}),
            _OF_SERVICES,
            _its_tasks_run_there,
        ),
        Rule(
            "load-balancer-of-tasks-of-another",
            frozenset({_TASK_DEFINITION, "load_balancer", "names"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html",
            _a_load_balancer_reaches_its_tasks,
        ),
        Rule(
            "container-of-another",
            frozenset({_TASK_DEFINITION, "names"}),
            _OF_SERVICES,
            _another_names_the_container,
        ),
    )

    @property
    def names_a_service(self) -> bool:
        """Whether it names another service of the catalogue: neither an ARN nor a revision, nor an expression."""
        return ":" not in self.task_definition and is_literal(self.task_definition)

    @property
    def another(self) -> Service | None:
        """The service of the catalogue that has the task definition, if any."""
        found: Service | None = vars(self).get("_another")
        return found

    def among(self, services: Mapping[str, Service]) -> TasksOfAnother:
        another = services.get(vars(self).get(_TASK_DEFINITION, ""))
        if another is None or isinstance(another, TasksOfAnother):
            return self
        names = replace(self.names, chosen={**self.names.chosen, "container": another.names.container})
        return self.with_names(names, _another=another)

    @property
    def task_definition_arn(self) -> str:
        another = self.another
        if another is None:
            return self.task_definition
        if another.scope & Scope.ECS_SERVICE:
            return another.task_definition_arn
        return another.names.attribute(another.names.family_in_aws.address, "arn")  # a job may name its family alone

    @property
    def ports_let_in(self) -> list[tuple[int | str, str]]:
        """The ports that the main container of its tasks listens on, each with its protocol."""
        return self.another.ports_let_in if isinstance(self.another, SecurityGroupUse) else []

    @property
    def volumes(self) -> Mapping[str, Volume]:
        """The volumes of its tasks: a service says how disks are made at their launch."""
        return self.another.volumes if isinstance(self.another, VolumesUse) else {}

    @property
    def platform_version(self) -> str | None:
        """The version of Fargate's platform. Of tasks that are not known, the latest one fits each."""
        if isinstance(self.another, PlatformUse):
            return self.another.platform_version
        needs_none = self.is_bare or (isinstance(self, LaunchUse) and self.needs_no_size)
        return None if needs_none else limits.LATEST_PLATFORM_VERSION

    def needed_first(self) -> list[str]:
        """Return what its tasks need, as the service that defines them says."""
        return self.another.needed_by_tasks if self.another else []

    @property
    def _told(self) -> Told:
        return self.another.names.family_in_aws if self.another else self.task_definition

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        yield Drawn(self.draws, self.task_definition_arn, self._told, "task definition", ("runs tasks of",))

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(10, "task definition", self._told)
        yield from EcsService.features(self, shared)
