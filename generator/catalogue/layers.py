"""The layers under a service: `defaults`, `network`, the top of the catalogue. Only this module knows the order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.catalogue.kinds import all_kinds
from generator.catalogue.model import defaults_of_all_kinds
from generator.catalogue.names import NAMES
from generator.settings.parts import known_settings
from generator.source import layers
from generator.source.source import Key, Source

BELOW_SERVICES = ("defaults", "network")
"""The parts of a catalogue that lie under every service, the topmost first."""

_OF_THE_TOP = (NAMES, "terraform")
"""The settings of which the top of the catalogue is the lowest layer."""


class ServiceLayers:
    """The services of a catalogue and the layers under them. A service takes the settings that its kind has."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._layers = [data[name] for name in BELOW_SERVICES if isinstance(data.get(name), dict)]
        self._layers.append({name: data[name] for name in _OF_THE_TOP if name in data})
        self._below: dict[str, list[dict[str, Any]]] = {}

    def merged(self, service: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a service sets or takes over, as plain data."""
        kind = service.get("kind")
        return layers.merged([service, *self._below_kind(kind if isinstance(kind, str) else "")])

    def _below_kind(self, kind: str) -> list[dict[str, Any]]:
        if kind not in self._below:
            part = all_kinds().get(kind, defaults_of_all_kinds())
            types = {name: it.type for name, it in known_settings(part).items() if not it.is_own}
            self._below[kind] = [
                {key: types[key].taken(value) for key, value in layer.items() if key in types} for layer in self._layers
            ]
        return self._below[kind]


def layers_of(entry: Key) -> list[Key]:
    """Return the entry of a service and those of the layers under a setting of it, the topmost first."""
    top: list[Key] = [()] if entry[2:3] and entry[2] in _OF_THE_TOP else []
    return [entry[:2], *((name,) for name in BELOW_SERVICES), *top]


def written_at(source: Source, key: Key) -> Key:
    """Return the key under which an entry is written: an inherited value is in a layer under the service.

    What only another file has is written under the service's own key.
    """
    if key[:1] != ("services",) or len(key) < 3:
        return key
    is_inherited = key[2] in known_settings(defaults_of_all_kinds())
    found = layers.written_at(source, layers_of(key) if is_inherited else [key[:2]], key[2:])
    return found if source.is_written(found) or not source.holds(key) else key
