"""From source to catalogue: merges the defaults, checks everything, and reports all problems at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from itertools import islice
from typing import Any

from generator.catalogue.extent import Extent
from generator.catalogue.layers import written_at
from generator.catalogue.model import Catalogue, Image
from generator.catalogue.rules import breaches
from generator.catalogue.service import Service, Settings
from generator.errors import CatalogueError, Problem, Rejection
from generator.settings.breach import MOST_BREACHES, Breach, Breached
from generator.settings.parts import PartOf, known_settings
from generator.source.source import Key, Source, dotted

_JUDGED_TOGETHER = {"cpu", "memory"}
_SOME_IMAGE = "${image}"
"""Stands for an image that was refused, so that no rule tells the same fault again."""


def read(source: Source) -> tuple[Catalogue, list[Problem]]:
    """Return the catalogue and the warnings about it. Raises `CatalogueError` with every error."""
    data = _with_defaults(source)
    found: tuple[Breach, ...] = ()
    try:
        catalogue = PartOf(Catalogue).read(data)
    except Rejection as rejection:
        raise CatalogueError(_located(source, [Breach((), rejection.what, rejection.remedy)])) from None
    except Breached as breached:
        found = breached.breaches
        if len(found) >= MOST_BREACHES:  # what is behind them was not read, so no rule can be tried on it
            raise CatalogueError(_located(source, found)) from None
        catalogue = _sound_part(data, {breach.key for breach in found})
    problems = _located(source, [*found, *islice(breaches(catalogue), MOST_BREACHES)])
    if any(problem.severity == "error" for problem in problems):
        raise CatalogueError(problems)
    return catalogue, problems


def _with_defaults(source: Source) -> Any:
    """Lay each service over `defaults`, and those over `network`; what has another shape is left to the model.

    Raises `CatalogueError` where that is more than a catalogue may say.
    """
    data: Any = source.data
    if not isinstance(data, dict) or not isinstance(data.get("services"), dict):
        return data
    extent = Extent(source)
    for name, value in data.items():
        if name != "services":
            extent.add(value)
    layers = [layer for layer in (data.get("defaults"), data.get("network")) if isinstance(layer, dict)]
    below = [{key: value for key, value in layer.items() if key in known_settings(Settings)} for layer in layers]
    services = {}
    for key, service in data["services"].items():
        services[key] = reduce(_merged, below, service) if isinstance(service, dict) else service
        extent.add(services[key])
    return {**data, "services": services}


def _merged(over: dict[str, Any], under: Mapping[str, Any]) -> dict[str, Any]:
    """Own entries come first, in their order; mappings merge and the rest replaces."""
    merged = dict(over)
    for key, value in under.items():
        if key not in merged:
            merged[key] = value
        elif isinstance(merged[key], dict) and isinstance(value, dict):
            merged[key] = _merged(merged[key], value)
    return merged


def _sound_part(data: Mapping[str, Any], paths: Collection[Key]) -> Catalogue:
    """Return what can be told of a catalogue with errors at `paths`, so that the rules can be tried on the rest."""
    faults: defaultdict[str | int, set[str | int]] = defaultdict(set)
    for path in paths:
        if path[:1] == ("services",) and len(path) > 2:
            faults[path[1]].add(path[2])
    services = {}
    for key, service in _mapping(data, "services").items():
        sound = _sound_settings(service, faults[key]) if isinstance(service, dict) else {}
        if "kind" in sound and ("services", key) not in paths:
            services[key] = PartOf(Service).read(sound)
    project = data.get("project")
    images = {
        key: Image(repository=str(image.get("repository", "")))
        for key, image in _mapping(data, "images").items()
        if isinstance(image, dict)
    }
    return Catalogue(project=str(project) if isinstance(project, str) else "", images=images, services=services)


def _sound_settings(service: Mapping[str, Any], faulty: set[str | int]) -> dict[str, Any]:
    if faulty & _JUDGED_TOGETHER:
        faulty = faulty | _JUDGED_TOGETHER
    sound = {key: value for key, value in service.items() if key in known_settings(Service) and key not in faulty}
    return sound | {"image": _SOME_IMAGE} if "image" in faulty else sound


def _mapping(entries: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = entries.get(key)
    return value if isinstance(value, dict) else {}


def _located(source: Source, found: Sequence[Breach]) -> list[Problem]:
    """Give each breach its place. One that `defaults` brings into many services is told once, where it stands."""
    problems = []
    for breach in found:
        key = written_at(source, breach.key)
        where = source.key_position(key) if breach.at_key else source.position(key)
        problems.append(Problem(where, dotted(key), breach.what, breach.remedy, breach.severity))
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.where)
