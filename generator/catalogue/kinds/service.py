"""Kind `service`: an ECS service whose tasks another service of the catalogue, or another file, defines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.aws import limits
from generator.catalogue.ecs_service import EcsService
from generator.catalogue.existing import TASK_DEFINITIONS, NameOfExisting
from generator.catalogue.named import NameInAws, Told
from generator.catalogue.service import Service
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Feature, Rule
from generator.catalogue.uses.launch import LaunchUse
from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.catalogue.uses.network import NetworkUse
from generator.catalogue.uses.platform import PlatformUse
from generator.catalogue.uses.ports import reached_in_vain
from generator.catalogue.uses.volumes import VolumesUse
from generator.catalogue.volume_types import Volume
from generator.errors import likely, listed
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.parts import setting

_TASK_DEFINITION = "task_definition"
_OF_SERVICES = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"


def _its_tasks_are_defined(service: TasksOfAnother, shared: Any) -> Iterator[Breach]:
    """Check what is named: a service that has a task definition wherever this service is there."""
    name, key = service.task_definition, (_TASK_DEFINITION,)
    if not service.names_a_service or not hasattr(shared, "network"):
        return
    another = shared.services.get(name)
    having = [one for one, other in shared.services.items() if not isinstance(other, TasksOfAnother)]
    if another is None:
        yield Breach(key, f"the catalogue has no service `{name}`", likely(name, having))
    elif isinstance(another, TasksOfAnother):
        remedy = f"write `{another.task_definition}`" if another.another else likely(name, having)
        yield Breach(key, f"`{name}` has no task definition of its own", remedy)
    elif not another.is_rendered:
        yield Breach(key, f"`{name}` is not there: it has `when: false`", "name another service, or remove this one")
    elif isinstance(another.is_there, str) and another.is_there != service.is_there:
        what = f"the task definition of `{name}` is not always there"
        yield Breach(key, what, f"write its condition here too, `when: {another.is_there}`")


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
    if isinstance(service, NetworkUse) and service.mode_of_network != another.mode_of_network:
        what = f"the tasks of `{another.names.key}` have the network mode {another.mode_of_network}"
        yield Breach(("network_mode",), what, f"write `network_mode: {another.mode_of_network}`")


def _is_another(compatibility: str, made_for: tuple[str, ...]) -> bool:
    return bool(made_for) and is_literal(compatibility) and compatibility not in made_for


def _a_load_balancer_reaches_its_tasks(service: TasksOfAnother, shared: Shared) -> Iterator[Breach]:
    if not isinstance(service, LoadBalancerUse):
        return
    for front in service.in_front:
        if front.port is None:
            yield Breach(front.key, "the port of the container is missing", "add `port:` to it")
    if service.another:
        yield from reached_in_vain(service, service.another.all_containers)


def _another_names_the_container(service: TasksOfAnother, shared: Shared) -> Iterator[Breach]:
    if service.another and "container" in vars(service.chosen_names):
        what = f"the task definition of `{service.another.names.key}` says what its container is called"
        yield Breach(("names", "container"), what, "remove it")


class TasksOfAnother(EcsService):
    """A further ECS service of tasks that are defined elsewhere: on other capacity, or behind other load balancers."""

    further = (LoadBalancerUse,)
    nameable = ("service", "container")
    draws = "task definition"

    task_definition: str = setting(
        NameOfExisting(TASK_DEFINITIONS),
        "The task definition: the key of the service that has it, or an ARN, `family:revision` or an expression for "
        "one of another file.",
        own=True,
        examples=("api", "${aws_ecs_task_definition.api.arn}"),
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
            frozenset({_TASK_DEFINITION, "load_balancer"}),
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
        names = replace(self.names, chosen={"container": another.names.container, **self.names.chosen})
        return self.with_names(names, _another=another)

    @property
    def task_definition_arn(self) -> str:
        return self.another.task_definition_arn if self.another else self.task_definition

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
        if self.another:
            return NameInAws(self.another.names.family_in_aws.address, self.another.names.family)
        return self.task_definition

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        yield Drawn(self.draws, self.task_definition_arn, self._told, "task definition", ("runs tasks of",))

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(10, "task definition", self._told)
        yield from EcsService.features(self, shared)
