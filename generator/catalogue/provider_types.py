"""What a catalogue may say of a block in Terraform's own names: what the schema of its type has.

What tfgen writes by itself, or what a key of the catalogue says, is refused with the remedy.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from generator.aws.schema import BodySchema, aws
from generator.errors import Rejection, listed, nearest, visible
from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.write.text import whole_expression
from generator.settings.breach import Breach
from generator.settings.objects import BareWord, BlockOf, Entries, MapOf, ObjectOf, Refused, WholeBlocks
from generator.settings.parts import ListOf, mapping_in, read_each
from generator.settings.values import AnyText, Number, OrExpression, Schema, Text, Truth, ValueType
from generator.source.layers import is_null

DEPENDS_ON, LIFECYCLE = "depends_on", "lifecycle"

SHARED_TYPES = (
    *("aws_ecr_repository", "aws_ecs_cluster", "aws_ecs_cluster_capacity_providers", "aws_iam_policy", "aws_iam_role"),
    *("aws_iam_role_policy", "aws_iam_role_policy_attachment"),
)
"""Types of the resources that the services share."""

_NO_PREFIX = Refused("tfgen writes `name`", "write a name under `names`")


def _named(*keys: str) -> Refused:
    """Return the refusal of a name, which `keys` of `names` choose."""
    return Refused("it has a key of its own", f"write {listed([f'`names: {{{key}: …}}`' for key in keys])}")


_REFERENCE = Refused("tfgen writes it, so that the blocks belong together", "remove it")
_BY_WHEN = Refused("tfgen writes it where a service has a condition", "remove it, or write `when:` in the service")
_ONE_OF_EACH = Refused(
    "each resource of a catalogue stands once, or on a condition", "remove it, or write `when:` in the service"
)
_BY_THE_MODULE = Refused("the module's provider is the same for all blocks", "remove it")
_NO_PROVISIONER = Refused("tfgen writes no provisioner", "remove it, or write the resource by hand")
_SET_BY_AWS = Refused("only the provider sets it", "remove it")
_TAGS = Refused("it has a key of its own", "write `tags:` in the service, or at the top for all")
_POLICY = Refused(
    "what a role may do follows from `queue`, `buckets`, `volumes` and `secrets`",
    "write another policy in a .tf file beside the generated ones",
)

_OF_ALL: Mapping[str, ValueType[Any]] = {
    "connection": _NO_PROVISIONER,
    "count": _BY_WHEN,
    "dynamic": Refused("a catalogue has no `dynamic` blocks", "write a list with one mapping for each block"),
    "for_each": _ONE_OF_EACH,
    "id": _SET_BY_AWS,
    "provider": _BY_THE_MODULE,
    "provisioner": _NO_PROVISIONER,
    "tags": _TAGS,
    "tags_all": _SET_BY_AWS,
}

_OF_TYPES: Mapping[str, Mapping[str, ValueType[Any]]] = {
    "aws_cloudwatch_log_group": {
        "name": _named("log_group"),
        "name_prefix": _NO_PREFIX,
    },
    "aws_ecr_repository": {"name": Refused("it has a key of its own", "write `repository:` in `images`")},
    "aws_ecs_cluster": {"name": Refused("it has a key of its own", "write `cluster: {name: …}` at the top")},
    "aws_ecs_cluster_capacity_providers": {
        "capacity_providers": Refused("it has a key of its own", "write `capacity:` in the services"),
        "cluster_name": _REFERENCE,
    },
    "aws_ecs_service": {"cluster": _REFERENCE, "name": _named("service"), "task_definition": _REFERENCE},
    "aws_ecs_task_definition": {
        "container_definitions": Refused("it has a key of its own", "write `container_definition:` in the service"),
        "family": _named("family"),
    },
    "aws_iam_policy": {"name": _named("shared_secrets_policy"), "name_prefix": _NO_PREFIX, "policy": _POLICY},
    "aws_iam_role": {
        "name": _named("role", "execution_role", "schedule_role", "shared_role", "shared_execution_role"),
        "name_prefix": _NO_PREFIX,
    },
    "aws_iam_role_policy": {
        "name": _named("policy", "execution_policy", "schedule_policy", "shared_execution_policy"),
        "name_prefix": _NO_PREFIX,
        "policy": _POLICY,
        "role": _REFERENCE,
    },
    "aws_iam_role_policy_attachment": {"policy_arn": _REFERENCE, "role": _REFERENCE},
    "aws_lb_target_group": {
        "name": _named("target_group"),
        "name_prefix": _NO_PREFIX,
        "port": Refused("it has a key of its own", "write `port:` in `load_balancer`, or in the service"),
        "vpc_id": Refused("it has a key of its own", "write `vpc:` under `network`"),
    },
    "aws_scheduler_schedule": {"name": _named("schedule"), "name_prefix": _NO_PREFIX},
    "aws_security_group": {
        "name": _named("security_group"),
        "name_prefix": _NO_PREFIX,
        "vpc_id": Refused("it has a key of its own", "write `vpc:` under `network`"),
    },
    "aws_scheduler_schedule.target": {"arn": _REFERENCE, "role_arn": _REFERENCE},
    "aws_scheduler_schedule.target.ecs_parameters": {"task_definition_arn": _REFERENCE},
}
"""What tfgen keeps for itself, by a block's type and the names of the blocks that lead to a nested one."""

_ADDRESS = rf"{IDENTIFIER}(\.{IDENTIFIER})+"
_PATH = rf"{IDENTIFIER}(\.{IDENTIFIER}|\[[0-9]+\]|\[\"[^\"\n]*\"\])*"


@functools.cache
def block_type(type_: str) -> ObjectOf:
    """Return what a catalogue may say of the resources of a type."""
    schema = aws().types[type_]
    return BlockOf(type_, lambda: _members(type_, schema) | _of_terraform(schema) | dict(_OF_ALL), schema.required)


def _members(title: str, schema: BodySchema) -> dict[str, ValueType[Any]]:
    """Return the type of each argument and nested block. `title` are the names that lead to the body."""
    arguments = {name: of_constraint(schema.type_of(name) or "string") for name in sorted(schema.arguments)}
    blocks = {name: _nested(f"{title}.{name}", name in schema.single, it) for name, it in schema.blocks.items()}
    return arguments | blocks | dict(_OF_TYPES.get(title, {}))


def _nested(title: str, is_single: bool, schema: BodySchema) -> ValueType[Any]:
    block = BlockOf(title, functools.partial(_members, title, schema), schema.required)
    return block if is_single else WholeBlocks(block)


def of_constraint(constraint: str) -> ValueType[Any]:
    """Return the type of the values that a type constraint of Terraform lets through."""
    outer, _, inner = constraint.removesuffix(")").partition("(")
    if outer == "list":
        return OrExpression(ListOf(_item(inner)))
    if outer == "map":
        return OrExpression(MapOf(_item(inner)))
    scalars: Mapping[str, ValueType[Any]] = {"bool": OrExpression(Truth()), "number": OrExpression(Number())}
    return scalars.get(outer, AnyText())


def _item(constraint: str) -> ValueType[Any]:
    return AnyText() if constraint == "any" else of_constraint(constraint)


def _of_terraform(schema: BodySchema) -> dict[str, ValueType[Any]]:
    return {
        DEPENDS_ON: ListOf(BareWord(_ADDRESS, "write the address of a resource, such as `aws_lb_listener.http`"), 1),
        LIFECYCLE: BlockOf(LIFECYCLE, lambda: _lifecycle(schema)),
    }


def _lifecycle(schema: BodySchema) -> dict[str, ValueType[Any]]:
    """Terraform takes literals alone.

    Source: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
    """
    return {
        "create_before_destroy": Truth(),
        "prevent_destroy": Truth(),
        "ignore_changes": _Ignored(schema.arguments | schema.blocks.keys()),
        "replace_triggered_by": ListOf(BareWord(_ADDRESS, "write the address of a resource, or of an attribute"), 1),
        "precondition": _conditions(_Condition(), Text()),
        "postcondition": _conditions(_ConditionOfSelf(), _TextOfSelf()),
    }


def _conditions(condition: Text, message: Text) -> WholeBlocks:
    members: Mapping[str, ValueType[Any]] = {"condition": condition, "error_message": message}
    return WholeBlocks(BlockOf("condition", lambda: members, frozenset(members)))


class _TextOfSelf(Text):
    """Text in which `self` is the resource, as Terraform lets a postcondition call it."""

    also_known = "self"


class _Condition(Text):
    """An expression that is true or false: no text is."""

    def read(self, value: object) -> str:
        text = super().read(value)
        if whole_expression(text) is None:
            raise Rejection("a condition is an expression", "write one `${...}`, in quotes")
        return text


class _ConditionOfSelf(_Condition, _TextOfSelf):
    """A condition on the resource itself."""


class _Ignored(ListOf[str]):
    """What `ignore_changes` takes: `all`, or arguments, and what leads from them to a part."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(_Path(names), at_least=1)

    def read(self, value: object) -> Any:
        return value if value == "all" else super().read(value)

    def _remedy(self, value: object) -> str:
        return "write `all`, or a list of arguments"

    def schema(self) -> Schema:
        return {"oneOf": [super().schema(), {"type": "string", "const": "all"}]}


class _Path(BareWord):
    """The name of an argument, and what leads from it to a part."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(_PATH, "write the name of an argument")
        self.names = names

    def read(self, value: object) -> str:
        path = super().read(value)
        name = path.split(".")[0].split("[")[0]
        if name not in self.names:
            near = nearest(name, self.names)
            remedy = f"did you mean `{near}`?" if near else f"known names: {', '.join(sorted(self.names))}"
            raise Rejection(f"there is no argument `{visible(name)}`", remedy)
        return path


class Adjustments(ValueType[dict[str, Entries]]):
    """What a catalogue says of blocks in Terraform's own names, by their types or their addresses.

    `types` are those of the blocks that it may speak of.
    """

    def __init__(self, types: Callable[[], Iterable[str]]) -> None:
        self._types = types

    @cached_property
    def types(self) -> list[str]:
        return sorted(set(self._types()))

    def read(self, value: object) -> dict[str, Entries]:
        entries = mapping_in(value)
        known = {name: it for name, it in entries.items() if type_of_block(name) in self.types and not is_null(it)}
        written = ((name, block_type(type_of_block(name)), it) for name, it in known.items())
        return read_each(
            written, map(self._unknown, [name for name in entries if type_of_block(name) not in self.types])
        )

    def member(self, name: str) -> ObjectOf:
        """Return the type of what is said of the blocks of a name."""
        return block_type(type_of_block(name))

    def set_in(self, value: Any) -> Any:
        """Return all of it: a null says what to leave out of what tfgen would write."""
        return value

    def taken(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: it for name, it in value.items() if type_of_block(name) in self.types}

    def _unknown(self, name: str) -> Breach:
        what = "tfgen writes no resource of this type here"
        near = None if name in aws().types else nearest(name, self.types)
        remedy = f"did you mean `{near}`?" if near else f"known types: {', '.join(self.types)}"
        if name.startswith("data."):
            what, remedy = "it is a data source, and only resources are changed here", "remove it"
        elif type_of_block(name) in SHARED_TYPES:
            what, remedy = "no service has a resource of this type", "write it under `terraform` at the top"
        return Breach((name,), what, remedy, at_key=True)

    def schema(self) -> Schema:
        blocks = {type_: block_type(type_).schema() for type_ in self.types}
        by_address = {rf"^{type_}\.[^.]+$": schema for type_, schema in blocks.items()}
        return {"type": "object", "properties": blocks, "patternProperties": by_address, "additionalProperties": False}


def type_of_block(name: str) -> str:
    """Return the type that a name of blocks is, or that an address begins with."""
    return name.partition(".")[0]
