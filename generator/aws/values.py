"""What a plan shows of a resource besides what is written: sets, computed attributes, defaults, and JSON in texts.

`tools/provider_values.py` makes the table. Nothing is known of a type that it lacks.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.aws.policy import DOCUMENT

_TABLE = Path(__file__).parent / "values.json"


class BodyValues(NamedTuple):
    """A resource or nested block: its names of arguments, attributes and blocks, by what a plan makes of them."""

    sets: frozenset[str] = frozenset()
    """Arguments and blocks whose elements have no order."""

    objects: frozenset[str] = frozenset()
    """Blocks that a plan shows as an object. All others are a list, even where only one may be there."""

    single: frozenset[str] = frozenset()
    """Blocks of which at most one may be there; a plan shows a list of one."""

    computed: frozenset[str] = frozenset()
    """Attributes that only the provider sets, in some version at least."""

    optional_computed: frozenset[str] = frozenset()
    """Arguments and blocks that the provider may set where they are not written."""

    sensitive: frozenset[str] = frozenset()
    """Arguments and attributes whose values nobody should see."""

    write_only: frozenset[str] = frozenset()
    """Arguments that no plan and no state shows."""

    json: frozenset[str] = frozenset()
    """Arguments whose text is JSON, in which layout and order of keys mean nothing. Policies are among them."""

    policies: frozenset[str] = frozenset()
    """Arguments whose text is an IAM policy."""

    defaults: Mapping[str, str | int | bool] = {}
    """What a plan that creates shows for arguments that are not written: this, or nothing. It may be an empty text."""

    blocks: Mapping[str, BodyValues] = {}
    """The nested blocks, all of them, and arguments that may be written as blocks."""


_LISTS_OF_STATEMENT = frozenset({"actions", "not_actions", "resources", "not_resources"})
_BLOCKS_OF_STATEMENT = frozenset({"condition", "principals", "not_principals"})
_PRINCIPALS = BodyValues(sets=frozenset({"identifiers"}))
_STATEMENT = BodyValues(
    sets=_LISTS_OF_STATEMENT | _BLOCKS_OF_STATEMENT,
    defaults={"effect": "Allow"},
    blocks={"condition": BodyValues(), "principals": _PRINCIPALS, "not_principals": _PRINCIPALS},
)
_POLICY_DOCUMENT = BodyValues(
    computed=frozenset({"id", "json", "minified_json"}),
    defaults={"version": "2012-10-17"},
    blocks={"statement": _STATEMENT},
)
"""Source: https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/iam/policy_document_data_source.go."""


def values_of(type_: str) -> BodyValues | None:
    """Return what is known of a type of resource, or of the data source of policy documents."""
    if type_ == DOCUMENT:
        return _POLICY_DOCUMENT
    return _table().get(type_.replace("aws_alb", "aws_lb", 1))


def provider_version() -> str:
    """Return the version of the AWS provider whose schemas and plans the table is from."""
    version: str = _read()["provider"]
    return version


@functools.cache
def _read() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_TABLE.read_text("utf-8"))
    return table


@functools.cache
def _table() -> dict[str, BodyValues]:
    return {type_: _body(body) for type_, body in _read()["resource"].items()}


def _body(body: dict[str, Any]) -> BodyValues:
    blocks = {name: _body(inner) for name, inner in body.get("blocks", {}).items()}
    defaults = body.get("defaults", {})
    names = {member: frozenset(listed) for member, listed in body.items() if member not in ("blocks", "defaults")}
    return BodyValues(**names, defaults=defaults, blocks=blocks)
