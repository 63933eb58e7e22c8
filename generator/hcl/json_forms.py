"""What the members of a `.tf.json` file are: blocks or arguments, and what their strings stand for.

JSON alone does not tell. Source: Terraform's documentation, "JSON Configuration Syntax", "Block-type-specific
Exceptions", and the schemas of blocks in Terraform's `internal/configs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple, Protocol


class BlockSchema(Protocol):
    """The blocks that a provider takes in a block, by name."""

    @property
    def blocks(self) -> Mapping[str, BlockSchema]: ...


class StringMeaning(Enum):
    """What a string stands for: a template, its own characters, or an expression without quotes around it."""

    TEMPLATE = auto()
    LITERAL = auto()
    EXPRESSION = auto()


class Form(NamedTuple):
    """A kind of block: how many labels it has, the blocks in it, and what its strings stand for, by argument.

    `is_providers` is true where a provider says what else may stand in it, which `schema` does where it is known.
    """

    labels: int
    blocks: Mapping[str, Form]
    strings: Mapping[str, StringMeaning]
    other_strings: StringMeaning = StringMeaning.TEMPLATE
    is_providers: bool = False
    schema: BlockSchema | None = None

    def text(self, argument: str) -> StringMeaning:
        """Tell what the strings in an argument stand for."""
        return self.strings.get(argument, self.other_strings)

    def block(self, name: str) -> Form | None:
        """Return the form of the blocks of a name, if there are blocks of that name."""
        if self.schema and name in self.schema.blocks and name not in self.blocks:
            return _OF_PROVIDER._replace(schema=self.schema.blocks[name])
        return self.blocks.get(name)

    def dynamic(self, name: str) -> Form:
        """Return the form of a `dynamic` block that writes blocks of a name."""
        return Form(1, {"content": self.block(name) or _OF_PROVIDER}, _expressions("iterator"))


def _literals(*arguments: str) -> dict[str, StringMeaning]:
    return dict.fromkeys(arguments, StringMeaning.LITERAL)


def _expressions(*arguments: str) -> dict[str, StringMeaning]:
    return dict.fromkeys(arguments, StringMeaning.EXPRESSION)


_PLAIN = Form(0, {}, {})
_OF_PROVIDER = _PLAIN._replace(is_providers=True)
_CONSTANT = _PLAIN._replace(other_strings=StringMeaning.LITERAL)
_NAMED_CONSTANT = _CONSTANT._replace(labels=1)

_PROVISIONER = Form(1, {"connection": _PLAIN}, _expressions("when", "on_failure"))
_LIFECYCLE = Form(
    0,
    {
        "precondition": _PLAIN,
        "postcondition": _PLAIN,
        "action_trigger": Form(0, {}, _expressions("events", "actions", "on_failure")),
    },
    _expressions("ignore_changes", "replace_triggered_by"),
)
_RESOURCE = Form(
    2,
    {"lifecycle": _LIFECYCLE, "provisioner": _PROVISIONER, "connection": _PLAIN},
    _expressions("provider", "depends_on"),
    is_providers=True,
)

TOP = {
    "resource": _RESOURCE,
    "data": _RESOURCE,
    "ephemeral": _RESOURCE,
    "action": Form(2, {"config": _OF_PROVIDER}, _expressions("provider")),
    "locals": _PLAIN,
    "variable": Form(1, {"validation": _PLAIN}, _literals("description", "default") | _expressions("type")),
    "output": Form(1, {"precondition": _PLAIN}, _literals("description") | _expressions("depends_on")),
    "module": Form(1, {}, _literals("source", "version") | _expressions("providers", "depends_on")),
    "provider": Form(1, {}, _literals("alias", "version"), is_providers=True),
    "terraform": _CONSTANT._replace(
        blocks={
            "backend": _NAMED_CONSTANT,
            "cloud": _CONSTANT._replace(blocks={"workspaces": _CONSTANT}),
            "provider_meta": _NAMED_CONSTANT,
            "required_providers": _CONSTANT,
        }
    ),
    "check": Form(1, {"data": _RESOURCE, "assert": _PLAIN}, {}),
    "moved": Form(0, {}, _expressions("from", "to")),
    "removed": Form(0, {"lifecycle": _PLAIN, "provisioner": _PROVISIONER, "connection": _PLAIN}, _expressions("from")),
    "import": Form(0, {}, _expressions("to", "provider")),
}
"""The blocks of a file."""
