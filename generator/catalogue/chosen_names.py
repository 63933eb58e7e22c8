"""Names in AWS that a catalogue chooses in place of those of the convention."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from generator.aws.resource_types import CONTAINER_NAME, NameLimit, name_limit
from generator.catalogue import elsewhere
from generator.errors import Rejection, listed, visible
from generator.hcl.write.text import Literal, parts
from generator.settings.breach import Breach
from generator.settings.parts import Part, PartOf, known_settings, setting, values_of
from generator.settings.values import Embedded


class NamePattern(Embedded):
    """A name in AWS. Of one with `${...}` in it, the text around the expressions has the characters that AWS takes."""

    def __init__(self, limit: NameLimit) -> None:
        self._limit = limit

    def read(self, value: object) -> str:
        text = super().read(value)
        for piece in parts(text):
            odd = next(filter(self._is_odd, piece.value), None) if isinstance(piece, Literal) else None
            if odd is not None:
                signs = listed([f"`{sign}`" for sign in self._limit.signs], "and")
                raise Rejection(f"AWS does not take `{visible(odd)}` in this name", f"use letters, digits, {signs}")
        return text

    def _is_odd(self, character: str) -> bool:
        is_letter_or_digit = character.isascii() and character.isalnum()
        return not is_letter_or_digit and character not in self._limit.signs


def _of_type(type_: str) -> NamePattern:
    return NamePattern(name_limit(type_))


class NamesOfAService(Part):
    """What a service and what it has are called in AWS. `${tfgen.service}` stands for the service's key."""

    elsewhere = elsewhere.OF_NAMES

    service: str | None = setting(_of_type("aws_ecs_service"), "Name of the ECS service.", default=None)
    family: str | None = setting(_of_type("aws_ecs_task_definition"), "Family of the task definition.", default=None)
    container: str | None = setting(NamePattern(CONTAINER_NAME), "Name of the main container.", default=None)
    log_group: str | None = setting(_of_type("aws_cloudwatch_log_group"), "Name of the log group.", default=None)
    role: str | None = setting(_of_type("aws_iam_role"), "Name of the service's own task role.", default=None)
    policy: str | None = setting(_of_type("aws_iam_role_policy"), "Name of the task role's policy.", default=None)
    execution_role: str | None = setting(
        _of_type("aws_iam_role"), "Name of the service's own execution role.", default=None
    )
    execution_policy: str | None = setting(
        _of_type("aws_iam_role_policy"), "Name of the policy of its own execution role.", default=None
    )
    security_group: str | None = setting(
        _of_type("aws_security_group"), "Name of the service's own security group.", default=None
    )
    target_group: str | None = setting(
        _of_type("aws_lb_target_group"), "Name of the service's own target group.", default=None
    )
    schedule: str | None = setting(_of_type("aws_scheduler_schedule"), "Name of a job's schedule.", default=None)
    schedule_role: str | None = setting(
        _of_type("aws_iam_role"), "Name of the role that starts a job's tasks.", default=None
    )
    schedule_policy: str | None = setting(
        _of_type("aws_iam_role_policy"), "Name of the policy of that role.", default=None
    )


class NamesOfAModule(NamesOfAService):
    """What the services, what they have and what they share are called in AWS."""

    shared_role: str | None = setting(
        _of_type("aws_iam_role"), "Name of the task role that services share.", default=None
    )
    shared_execution_role: str | None = setting(
        _of_type("aws_iam_role"), "Name of the execution role that services share.", default=None
    )
    shared_execution_policy: str | None = setting(
        _of_type("aws_iam_role_policy"), "Name of the inline policy of that role.", default=None
    )
    shared_secrets_policy: str | None = setting(
        _of_type("aws_iam_policy"), "Name of its managed policy, with which it reads secrets.", default=None
    )


def chosen(names: Part) -> dict[str, str]:
    """Return the names that a catalogue chooses, by their keys."""
    return {key: name for key, name in values_of(names) if name is not None}


class NamesOfKind(PartOf[Part]):
    """The names of a service of some kind: of what such a service has. `keys` are those of `NamesOfAService`."""

    def __init__(self, keys: Collection[str]) -> None:
        known = {key: it for key, it in known_settings(NamesOfAService).items() if key in keys}
        described = {"__doc__": NamesOfAService.__doc__, "__module__": __name__, "elsewhere": elsewhere.OF_NAMES}
        super().__init__(type("Names", (Part,), described | known))

    def taken(self, value: Any) -> Any:
        known = known_settings(self.model)
        return {key: it for key, it in value.items() if key in known} if isinstance(value, dict) else value

    def unknown(self, key: str) -> Breach:
        if key in known_settings(NamesOfAService):
            return Breach((key,), f"a service of this kind has no `{key}`", "remove it", at_key=True)
        if key in known_settings(NamesOfAModule):
            remedy = "write it under `names` at the top of the catalogue"
            return Breach((key,), "the services share what has this name", remedy, at_key=True)
        return super().unknown(key)
