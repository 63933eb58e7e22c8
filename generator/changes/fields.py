"""The settings of two editions side by side: what was written, what is written now, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalogue.layers import written_at
from generator.catalogue.service import settings_of
from generator.edition import Edition
from generator.errors import Position
from generator.hcl.numbers import scalar_text
from generator.settings.parts import as_data, value_of
from generator.source.source import Key, dotted

Settings = dict[Key, str]
"""Each scalar of a mapping by its way from there."""

_OF_MODULE = ("project", "module", "tags", "cluster", "images", "names", "terraform")


@dataclass(frozen=True)
class FieldChange:
    """A setting with another value: its dotted key, the texts (none where there is none), and where it stands now.

    `where` is the place in the catalogue before the change for a setting that is gone.
    """

    key: str
    before: str | None
    after: str | None
    where: Position


def service_fields(before: Edition | None, after: Edition | None, service: str) -> list[FieldChange]:
    """Return the changed settings of a service, the defaults merged in."""
    return list(_between(before, after, ("services", service)))


def module_fields(before: Edition | None, after: Edition) -> list[FieldChange]:
    """Return the changed settings that belong to no service alone."""
    return list(_between(before, after, ()))


def flat(value: object) -> Settings:
    """Return each scalar of a value; a list of scalars counts as one."""
    return dict(_scalars(value, ()))


def _between(before: Edition | None, after: Edition | None, entry: Key) -> Iterator[FieldChange]:
    """A setting at the format's own default is told only where it had another value, or gets one."""
    written = [_settings(edition, entry) for edition in (before, after)]
    if written[0] == written[1]:
        return
    old, new = map(flat, written)
    told_before, told_after = (
        flat(_settings(before, entry, with_defaults=False)),
        flat(_settings(after, entry, with_defaults=False)),
    )
    for key in {**new, **old}:
        is_told = (key in told_before or key in new) and (key in told_after or key in old)
        if is_told and old.get(key) != new.get(key):
            holder = after if after and key in new else before
            if holder:
                place = holder.source.position(written_at(holder.source, (*entry, *key)))
                yield FieldChange(dotted(key), old.get(key), new.get(key), place)


def _settings(edition: Edition | None, entry: Key, with_defaults: bool = True) -> dict[str, Any]:
    if edition is None:
        return {}
    if entry:
        service = edition.catalogue.services[str(entry[-1])]
        return settings_of(service, with_defaults=with_defaults, with_defaults_of_containers=with_defaults)
    said = {name: value_of(edition.catalogue, name) for name in _OF_MODULE}
    return {name: as_data(value) for name, value in said.items() if value is not None}


def _scalars(value: object, key: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _scalars(member, (*key, name))
    elif isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
        for index, item in enumerate(value):
            yield from _scalars(item, (*key, index))
    elif isinstance(value, list | tuple):
        yield key, f"[{', '.join(map(str, value))}]"
    else:
        yield key, scalar_text(value)
