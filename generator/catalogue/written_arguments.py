"""Which arguments the settings of a service write, so that none is written in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.catalogue.made_of import MadeOfUses
from generator.settings.breach import Breach
from generator.settings.parts import Part, given_settings, known_settings, value_of
from generator.source.source import Key, dotted


def contradictions(part: Part, root: str, entries: Mapping[str, Any], above: Key = ()) -> Iterator[Breach]:
    """Yield each entry that says of an argument below `root` what a setting says that a service, or a part, is given.

    `above` is the way to the part. A null may leave out a whole block, whatever sets parts of it.
    """
    for setting, path in written_by(part, above):
        first, *way = path.split(".")
        if first == root and (found := reached(entries, way)):
            what = f"the catalogue's own key `{dotted(setting)}` says this already"
            yield Breach(found, what, f"remove this, or `{dotted(setting)}`")


def written_by(part: Part, above: Key) -> Iterator[tuple[Key, str]]:
    """Yield each setting that a part is given, and each argument that it writes. A further container has its own."""
    for name in sorted(given_settings(part) & known_settings(part).keys()):
        value, key = value_of(part, name), (*above, name)
        for way, inner in _parts_in(value):
            yield from written_by(inner, (*key, *way))
        yield from ((key, path) for path in known_settings(part)[name].writes)


def _parts_in(value: object) -> Iterator[tuple[Key, Part]]:
    """Yield the part that a value is, or those that it holds, with the way to each."""
    if isinstance(value, Part) and not isinstance(value, MadeOfUses):
        yield (), value
    if isinstance(value, Mapping | tuple):
        entries = value.items() if isinstance(value, Mapping) else enumerate(value)
        parts = (((step,), inner) for step, inner in entries if isinstance(inner, Part))
        yield from ((way, inner) for way, inner in parts if not isinstance(inner, MadeOfUses))


def reached(entries: Mapping[str, Any], way: list[str]) -> Key:
    """Return the entry on the way to an argument, or within it, that says what it is. There is none before a null."""
    found: Any = entries
    for depth, step in enumerate(way):
        if not isinstance(found, Mapping):
            return tuple(way[:depth]) if found is not None else ()
        if step not in found:
            return ()
        found = found[step]
    return tuple(way)
