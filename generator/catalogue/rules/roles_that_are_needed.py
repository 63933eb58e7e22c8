"""What needs a role has one: tasks that may do something, and what ECS reads before they start."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.kinds.service import TasksOfAnother
from generator.catalogue.model import Catalogue
from generator.catalogue.roles import ExecutionRole
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.service import Service
from generator.catalogue.uses.execute_command import ExecuteCommandUse
from generator.catalogue.uses.execution_role import ExecutionRoleUse
from generator.catalogue.uses.image import ImageUse
from generator.catalogue.uses.launch import runs_on_fargate
from generator.catalogue.uses.policies import first_granted
from generator.catalogue.uses.role import RoleUse
from generator.settings.breach import Breach
from generator.settings.parts import given_settings
from generator.source.source import Key

_ROLE, _EXECUTION_ROLE = "role", "execution_role"
_GIVE_IT_ONE = "write `execution_role: own`"


def _whoever_needs_a_role_has_one(catalogue: Catalogue) -> Iterator[Breach]:
    if not hasattr(catalogue, "network"):
        return  # the catalogue has errors, and not all that the services say is known
    for service in catalogue.rendered_services:
        found = [*_of_tasks(service), *_of_execution(service, catalogue)]
        yield from (breach.below(service.names.key).below("services") for breach in found)


def _of_tasks(service: Service) -> Iterator[Breach]:
    if isinstance(service, TasksOfAnother):
        yield from _of_tasks_of_another(service)
    if not isinstance(service, RoleUse):
        return
    needs = first_granted(service)
    if needs and service.role_id is None:
        if service.role is False:
            what = f"its tasks may {needs}, and they have no role"
            yield Breach((_ROLE,), what, "write `role: own`, or remove what lets them do it")
        else:
            what = f"its tasks may {needs}, by a policy that names the role, and this does not tell the role's name"
            yield Breach((_ROLE,), what, "write `{arn: …, name: …}`")
    if service.role is False and isinstance(service, ExecuteCommandUse) and service.execute_command is True:
        what = "ECS refuses a service with `execute_command` whose tasks have no role"
        yield Breach((_ROLE,), what, "write `execute_command: false`, or `role: own`")


def _of_tasks_of_another(service: TasksOfAnother) -> Iterator[Breach]:
    another = service.another
    executes = isinstance(service, ExecuteCommandUse) and service.execute_command is True
    if executes and isinstance(another, RoleUse) and another.role is False:
        what = f"ECS refuses a service with `execute_command`, as the tasks of `{another.names.key}` have no role"
        remedy = "write `execute_command: false`"
        yield Breach(("execute_command",) if "execute_command" in given_settings(service) else (), what, remedy)


def _of_execution(service: Service, catalogue: Catalogue) -> Iterator[Breach]:
    if not isinstance(service, ExecutionRoleUse):
        return
    said = service.execution_role
    if isinstance(said, ExecutionRole) and said.arn and said.managed:
        what = "the role exists, and tfgen attaches nothing to it"
        yield Breach((_EXECUTION_ROLE, "managed"), what, "remove it, or `arn`", at_key=True)
    if said is False:
        yield from _without_execution_role(service, catalogue)


def _without_execution_role(service: Service, catalogue: Catalogue) -> Iterator[Breach]:
    is_said = _EXECUTION_ROLE in given_settings(service)
    entry: Key = (_EXECUTION_ROLE,) if is_said else ()
    for container in service.all_containers:
        for way in container.all_reads_at_start():
            what = "ECS reads this with an execution role, and there is none"
            remedy = "remove it, or `execution_role: false`" if is_said else f"{_GIVE_IT_ONE}, or remove this"
            yield Breach((*container.way, *way), what, remedy)
    if not runs_on_fargate(service):
        return  # the instance has a role of its own
    if service.log_group_in_use:
        what = "tasks on Fargate write to a log group with an execution role, and there is none"
        yield Breach(entry, what, "remove it, or write `log_group: false`" if is_said else _GIVE_IT_ONE)
    if any(
        isinstance(one, ImageUse) and one.chosen_image(catalogue) in catalogue.images for one in service.all_containers
    ):
        what = "tasks on Fargate pull images from ECR with an execution role, and there is none"
        yield Breach(entry, what, "remove it" if is_said else _GIVE_IT_ONE)


ROLES_THAT_ARE_NEEDED = CatalogueRule(
    "roles-that-are-needed",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
    _whoever_needs_a_role_has_one,
)
