"""An edit in words: a table for people, and JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import IO

from generator.changes.containers import ContainerChange
from generator.changes.edit import ADDED, REMOVED, Edit, PartChange
from generator.changes.effects import Effect
from generator.changes.grants import Grant, grants
from generator.changes.reach import Permission
from generator.errors import json_text, plural
from generator.output.table import Rows, print_table
from generator.source.source import dotted

_STYLES = {
    Effect.CREATION: "green",
    Effect.NEW_REVISION: "yellow",
    Effect.REMOVAL: "red",
    Effect.REPLACEMENT: "red",
    Effect.DATA_LOSS: "bold red",
}

NOTHING = "-"

Row = tuple[str, str, str, str, str]


def print_edit(edit: Edit, stream: IO[str], colour: bool) -> None:
    """Print a line for each setting, block and permission that changes."""
    rows = Rows(("PART", "MEANING", "WHERE", "CHANGE", "BEFORE", "AFTER"))
    for part in edit.parts:
        for cells, style in _rows(part):
            rows.add((part.service or "module", *cells), style)
    if rows.cells:
        print_table(rows, stream, colour)


def summary(edit: Edit, base: str) -> str:
    """Return an edit in a sentence."""
    if not edit.parts:
        return f"nothing changed since {base}"
    told = ", ".join(f"{part.service or 'module'} {part.state} ({part.meaning})" for part in edit.parts)
    return f"{plural(len(edit.blocks), 'block')} changed since {base}: {told}"


def warnings(edit: Edit) -> list[str]:
    """Return what keeps an apply from its end, in sentences."""
    return [
        f"warning: {address}: AWS deletes it only when it is empty; "
        f"empty it first, or apply `{argument} = true` before this change"
        for address, argument in edit.kept_from_deletion.items()
    ]


def _rows(part: PartChange) -> Iterator[tuple[Row, str]]:
    for container in part.containers:
        name = dotted(("containers", container.name))
        yield (NOTHING, str(container.where), name, NOTHING, _state(container)), ""
    for one in part.fields:
        yield (NOTHING, str(one.where), one.key, one.before or NOTHING, one.after or NOTHING), ""
    for change in part.blocks:
        yield (change.meaning, NOTHING, change.address, NOTHING, change.what), _STYLES.get(change.effect, "")
    for grant in grants(part.gained):
        style = "bold red" if grant.wide_part else "green"
        yield ("gained", NOTHING, _who(part, grant), NOTHING, str(grant)), style
    for grant in grants(part.lost):
        yield ("lost", NOTHING, _who(part, grant), str(grant), NOTHING), "red"


def _state(container: ContainerChange) -> str:
    return ADDED if container.is_new else REMOVED


def _who(part: PartChange, grant: Grant) -> str:
    others = part.shares_role_with.names if grant.role == part.task_role else []
    return grant.role + (f" ({', '.join(others)} too)" if others else "")


def to_json(edit: Edit, base: str) -> str:
    """Return an edit for programs."""
    kept = [{"address": address, "unless": argument} for address, argument in edit.kept_from_deletion.items()]
    return json_text({"base": base, "parts": [_part(part) for part in edit.parts], "deleted_only_when_empty": kept})


def _permission(permission: Permission) -> dict[str, str]:
    return {
        "role": permission.role,
        "kind": permission.kind.name.lower().replace("_", " "),
        "action": permission.action,
        "resource": permission.resource,
        "block": permission.block,
    }


def _part(part: PartChange) -> dict[str, object]:
    blocks = [
        {"address": one.address, "action": one.what, "meaning": one.effect.words, "certain": one.is_certain}
        for one in part.blocks
    ]
    return {
        "service": part.service or None,
        "state": part.state,
        "renamed_from": part.renamed_from,
        "meaning": part.meaning,
        "containers": [
            {"name": one.name, "state": _state(one), "where": one.where._asdict()} for one in part.containers
        ],
        "fields": [asdict(one) | {"where": one.where._asdict()} for one in part.fields],
        "blocks": blocks,
        "permissions": {
            "gained": [_permission(permission) for permission in part.gained],
            "lost": [_permission(permission) for permission in part.lost],
            "also_of": part.shares_role_with.first,
            "also_of_count": part.shares_role_with.number,
        },
    }
