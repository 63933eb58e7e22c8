"""The names that the AWS provider gives to the arguments, blocks and attributes of its types.

`tools/provider_table.py` makes the table. A type that it lacks is not checked.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

_TABLE = Path(__file__).parent / "aws.json"


@dataclass(frozen=True)
class BodySchema:
    """What a block may hold: arguments, and blocks by name. `attributes` are those that only the provider sets.

    `types` are the type constraints of arguments and attributes that are not texts, by their names. `single` are the
    blocks that may stand once.
    """

    required: frozenset[str] = frozenset()
    arguments: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    types: dict[str, str] = field(default_factory=dict)
    single: frozenset[str] = frozenset()
    blocks: dict[str, BodySchema] = field(default_factory=dict)

    @functools.cached_property
    def exported(self) -> frozenset[str]:
        """Every name that an expression can read from it."""
        return self.arguments | self.attributes | self.blocks.keys()

    def type_of(self, name: str) -> str | None:
        """Return the type constraint of an argument or attribute, if it is known and no block."""
        is_value = name in self.arguments or name in self.attributes
        return self.types.get(name, "string") if is_value else None


class ProviderSchema(NamedTuple):
    """One version of the provider, and its types by address prefix: `aws_lb`, `data.aws_lb`."""

    version: str
    types: dict[str, BodySchema]

    def of_address(self, address: str) -> BodySchema | None:
        """Return what the type of a resource or data source may hold, given the address of one."""
        return self.types.get(address.rpartition(".")[0])


@functools.cache
def aws() -> ProviderSchema:
    """Return the AWS provider's."""
    table = json.loads(_TABLE.read_text("utf-8"))
    resources = {name: _body(body) for name, body in table["resource"].items()}
    data_sources = {f"data.{name}": _body(body) for name, body in table["data"].items()}
    return ProviderSchema(table["provider"], resources | data_sources)


def _body(body: dict[str, Any]) -> BodySchema:
    required, arguments, attributes, single = (
        frozenset(body.get(member, ())) for member in ("required", "arguments", "attributes", "single")
    )
    types = {name: type_ for type_, names in body.get("types", {}).items() for name in names}
    blocks = {name: _body(inner) for name, inner in body.get("blocks", {}).items()}
    return BodySchema(required, arguments, attributes, types, single, blocks)
