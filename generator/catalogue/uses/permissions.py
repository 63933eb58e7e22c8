"""What a service's tasks may do, as statements that the author writes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from generator.aws import limits
from generator.aws.iam_actions import changes_permissions, is_known, knows_resources, likely_action, stands_for_several
from generator.aws.wildcards import names_several
from generator.catalogue import elsewhere
from generator.catalogue.existing import check_is_arn
from generator.catalogue.permissions import ALLOW, DENY, Condition, Statement, as_tuple
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Rule, Use
from generator.errors import Rejection
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.parts import MappingOf, OneOrMore, Part, PartOf, TextList, setting
from generator.settings.values import AnyText, Choice, Text, Word, shown
from generator.source.source import Key

_ELEMENTS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements"

_ACTION = re.compile(r"\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+")
_PASSES_ROLE, _PASSED_TO = "iam:PassRole", "iam:PassedToService"

_OPERATOR = (
    r"((ForAllValues|ForAnyValue):)?"
    r"((String(Not)?(Equals(IgnoreCase)?|Like)|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)"
    r"|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?|Null)"
)
"""Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html."""

_CONDITION_KEY = r"[A-Za-z0-9.-]+:([A-Za-z0-9._/:+=@-]+|[A-Za-z]+/.+)"


class _Action(Text):
    """An action of IAM, or all that are spelled like it."""

    def read(self, value: object) -> str:
        text = super().read(value)
        if is_literal(text) and not _ACTION.fullmatch(text):
            raise Rejection(f"{shown(text)} is not an action", "write `service:Action`, such as `sqs:SendMessage`")
        return text


class _Resource(Text):
    """An ARN, `*`, or an expression that an ARN begins with."""

    def read(self, value: object) -> str:
        text = super().read(value)
        if text != "*" and not text.startswith(("arn:", "${")):
            raise Rejection(f"{shown(text)} is not an ARN", "write an ARN, `${...}` for one, or `*` for all")
        check_is_arn(text)
        return text


class WrittenPermission(Part):
    """A statement of the policy of a service's tasks."""

    elsewhere = elsewhere.OF_A_PERMISSION

    actions: tuple[str, ...] | str = setting(TextList(at_least=1, item=_Action()), "Actions of IAM.")
    resources: tuple[str, ...] | str = setting(
        TextList(at_least=1, item=_Resource()), "ARNs of what they are allowed on, or `*` for all."
    )
    conditions: dict[str, dict[str, str | tuple[str, ...]]] = setting(
        MappingOf(
            Word(_OPERATOR, "write an operator of IAM, such as StringEquals"),
            MappingOf(Word(_CONDITION_KEY, "write a key such as aws:SourceAccount"), OneOrMore(AnyText()), at_least=1),
        ),
        "When the statement holds: operators of IAM, the keys that they look at, and their values.",
        default={},
    )
    effect: str | None = setting(
        Choice(ALLOW, DENY), "Whether the actions are allowed, as without it, or denied.", default=None
    )
    sid: str | None = setting(
        Word(limits.SID_PATTERN, "use letters and digits"), "The statement's id in the policy.", default=None
    )

    @property
    def statement(self) -> Statement:
        conditions = tuple(
            Condition(operator, key, as_tuple(values))
            for operator, entries in self.conditions.items()
            for key, values in entries.items()
        )
        return Statement(self.actions, self.resources, conditions, self.effect or ALLOW, self.sid)


def _each_sid_is_there_once(service: PermissionsUse, shared: Shared) -> Iterator[Breach]:
    counts = Counter(one.sid for one in service.permissions.values())
    for name, one in service.permissions.items():
        if one.sid and counts[one.sid] > 1:
            what = f"`{one.sid}` is the id of another statement too, and ids in a policy are unique"
            yield Breach(("permissions", name, "sid"), what, "write another one, or remove it")


def _each_action_is_known(service: PermissionsUse, shared: Shared) -> Iterator[Breach]:
    for name, place, action in _literal_actions(service.permissions):
        if not is_known(action):
            near = likely_action(action)
            remedy = f"did you mean `{near}`?" if near else "look it up in the Service Authorization Reference of AWS"
            what = f"IAM has no action {shown(action)} that tfgen knows"
            yield Breach(("permissions", name, "actions", place), what, remedy, "warning")


def _little_is_allowed(service: PermissionsUse, shared: Shared) -> Iterator[Breach]:
    """Warn of what allows more than one thing, or lets tasks become another role."""
    allowed = {name: one for name, one in service.permissions.items() if one.effect != DENY}
    for name, place, action in _literal_actions(allowed):
        entry: Key = ("permissions", name, "actions", place)
        if stands_for_several(action):
            what = "this allows every action" if action == "*" else f"this allows every action like {shown(action)}"
            yield Breach(entry, what, "write the actions that the tasks need", "warning")
        if action.lower() == _PASSES_ROLE.lower():
            what = f"with {_PASSES_ROLE}, the tasks start others that may do what a role may do"
            remedy = f"allow it on that role alone, with a condition on `{_PASSED_TO}`"
            is_narrow = any(_PASSED_TO in keys for keys in allowed[name].conditions.values())
            yield Breach(entry, what, "make sure that they have to" if is_narrow else remedy, "warning")
        elif changes_permissions(action):
            what = f"with {action}, the tasks may come to do more than is written here"
            yield Breach(entry, what, "make sure that they have to", "warning")
    for name, one in allowed.items():
        yield from (breach.below(name).below("permissions") for breach in _on_few_resources(one))


def _on_few_resources(one: WrittenPermission) -> Iterator[Breach]:
    literal = [action for action in as_tuple(one.actions) if is_literal(action)]
    if literal and not any(map(knows_resources, literal)) and len(literal) == len(as_tuple(one.actions)):
        return  # IAM knows no resources of these actions
    for index, resource in enumerate(as_tuple(one.resources)):
        if names_several(resource):
            what = "this allows it on everything" if resource == "*" else f"{shown(resource)} names more than one thing"
            entry: Key = ("resources",) if isinstance(one.resources, str) else ("resources", index)
            yield Breach(entry, what, "write the ARNs of what the tasks need", "warning")


def _literal_actions(permissions: Mapping[str, WrittenPermission]) -> Iterator[tuple[str, int, str]]:
    """Yield each action with the name of its statement and its place there."""
    for name, one in permissions.items():
        for index, action in enumerate(as_tuple(one.actions)):
            if is_literal(action):
                yield name, index, action


class PermissionsUse(Use):
    """Statements of the policy of a service's tasks, in Terraform's and IAM's own words."""

    position = 89
    draws = "permission"

    permissions: dict[str, WrittenPermission] = setting(
        MappingOf(Word(r"[\w.-]+", "use letters, digits and `-`, `_`, `.`"), PartOf(WrittenPermission)),
        "What the tasks may do beside, each statement by a name of its own.",
        default={},
    )

    rules = (
        Rule("sid-is-unique", frozenset({"permissions"}), f"{_ELEMENTS}_sid.html", _each_sid_is_there_once),
        Rule("action-of-iam", frozenset({"permissions"}), f"{_ELEMENTS}_action.html", _each_action_is_known),
        Rule("permission-of-little", frozenset({"permissions"}), f"{_ELEMENTS}_resource.html", _little_is_allowed),
    )

    def grants(self) -> Iterator[Statement]:
        yield from (permission.statement for permission in self.permissions.values())

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for name, permission in self.permissions.items():
            verb = "may not" if permission.effect == DENY else "may"
            meaning = f"{verb} {', '.join(as_tuple(permission.actions))}"
            yield Drawn(PermissionsUse.draws, f"{self.names.key} {name}", name, "permission", (meaning,))
