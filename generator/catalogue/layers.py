"""Where a setting of a service was written: in the service, or in what lies under it."""

from __future__ import annotations

from generator.catalogue.service import Settings
from generator.settings.parts import known_settings
from generator.source.source import Key, Source


def written_at(source: Source, key: Key) -> Key:
    """Return the key of an entry where the text holds it.

    A setting of a service comes from the first layer that holds it, or that holds a value without entries in place of
    one above it: such a value replaces what lies under it. An entry that no layer holds is told where most of its way
    is.
    """
    if key[:1] != ("services",) or len(key) < 3:
        return key
    setting = key[2:]
    roots: list[Key] = [key[:2]]
    if setting[0] in known_settings(Settings):
        roots += [("defaults",), ("network",)]
    for root in roots:
        held = _steps_held(source, root, setting)
        if held == len(setting) or (held and not source.is_mapping((*root, *setting[:held]))):
            return (*root, *setting)
    return (*max(roots, key=lambda root: _steps_held(source, root, setting)), *setting)


def _steps_held(source: Source, root: Key, setting: Key) -> int:
    lengths = range(1, len(setting) + 1)
    return sum(source.holds((*root, *setting[:length])) for length in lengths)
