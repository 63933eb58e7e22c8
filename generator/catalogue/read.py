"""From source to catalogue: merges the defaults, checks everything, and reports all problems at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

from generator.catalogue.chosen_names import NamesOfAService
from generator.catalogue.environment_files import EnvironmentFiles, no_files
from generator.catalogue.extent import Extent
from generator.catalogue.kinds import all_kinds
from generator.catalogue.layers import BELOW_SERVICES, ServiceLayers, written_at
from generator.catalogue.model import Catalogue, CatalogueType, any_kind, defaults_of_all_kinds
from generator.catalogue.names import NAMES
from generator.catalogue.own_names import OwnNames, may_hold_own_names, names_of_module, names_of_service
from generator.catalogue.partition import AUTO, COMMERCIAL, PARTITIONS
from generator.catalogue.rules import breaches
from generator.catalogue.service import Service
from generator.catalogue.shared import Image, Module
from generator.errors import CatalogueError, Problem, Rejection
from generator.settings.breach import MOST_BREACHES, Breach, Breached
from generator.settings.parts import Part, PartOf, known_settings, meant
from generator.source.layers import may_hold_nulls
from generator.source.source import Key, Source
from generator.source.variables import ReadFiles
from generator.stages import counted


def read(source: Source, read_files: ReadFiles = no_files) -> tuple[Catalogue, list[Problem]]:
    """Return the catalogue and the warnings about it. `read_files` reads the files that it names.

    Raises `CatalogueError` with every error.
    """
    files = EnvironmentFiles(source, read_files)
    try:
        catalogue, warnings = _read(source, files)
    except CatalogueError as error:
        raise CatalogueError([*source.written_twice, *files.problems, *error.problems]) from None
    problems = sorted([*source.written_twice, *files.problems, *warnings], key=lambda problem: problem.where)
    if _holds_an_error(problems):
        raise CatalogueError(problems)
    return catalogue, problems


def _read(source: Source, files: EnvironmentFiles) -> tuple[Catalogue, list[Problem]]:
    data, found = _with_own_names(source, _with_defaults(source, files))
    found += tuple(files.breaches)
    faulty: Mapping[str, Collection[str]] = {}
    try:
        catalogue = CatalogueType().read(data)
    except Rejection as rejection:
        raise CatalogueError(located(source, [Breach((), rejection.what, rejection.remedy)])) from None
    except Breached as breached:
        found += breached.breaches
        if len(found) >= MOST_BREACHES:  # the rest was not read, so no rule can be checked on it
            raise CatalogueError(located(source, found)) from None
        keys = {breach.key for breach in breached.breaches}
        faulty = _faulty_settings(keys)
        catalogue = _sound_part(data, keys, faulty)
    problems = located(source, [*found, *islice(breaches(catalogue, faulty), MOST_BREACHES)])
    if _holds_an_error(problems):
        raise CatalogueError(problems)
    return catalogue, problems


def _holds_an_error(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _with_defaults(source: Source, files: EnvironmentFiles) -> Any:
    """Merge each service with the layers and files under it. A value of a wrong shape is left to the model.

    Raises `CatalogueError` if the result is too large.
    """
    raw: Any = source.data
    set_of = _set_of if may_hold_nulls(source.text) else _all_of
    data = set_of(Catalogue, raw)
    if not isinstance(data, dict) or not isinstance(data.get("services"), dict):
        return data
    extent = Extent(source)
    for name, value in data.items():
        if name != "services":
            extent.add(value)
    layers = ServiceLayers(data)
    merged = {}
    for key in counted("reading the catalogue", "services", [*data["services"]]):
        service = raw["services"][key]  # what is null there takes away what lies under it
        merged[key] = layers.merged(service) if isinstance(service, dict) else service
        extent.add(merged[key])
    merged = files.laid_under(merged, _project(data), extent)
    services = {
        key: set_of(_kind_of(service), service) if isinstance(service, dict) else service
        for key, service in merged.items()
    }
    return {**data, "services": services}


def _project(data: Mapping[str, Any]) -> str:
    project = data.get("project")
    return project if isinstance(project, str) else ""


def _set_of(part: type[Part], entries: Any) -> Any:
    return PartOf(part).set_in(entries)


def _all_of(_: type[Part], entries: Any) -> Any:
    return entries


def _kind_of(service: Mapping[str, Any]) -> type[Part]:
    kind = service.get("kind")
    return all_kinds().get(kind, any_kind()) if isinstance(kind, str) else any_kind()


def _with_own_names(source: Source, data: Any) -> tuple[Any, tuple[Breach, ...]]:
    """Put the catalogue's own names into the values, and return those values that ask for one that is not there.

    The layers under the services keep them: each service that takes over a value puts its own name into it.
    """
    if not (may_hold_own_names(source.text) and isinstance(data, dict)):
        return data, ()
    project = _project(data)
    replaced, breaches = dict(data), []
    for name in [name for name in data if name not in ("services", *BELOW_SERVICES)]:
        names = OwnNames(names_of_module(project))
        replaced[name] = _replaced_at_the_top(names, name, data[name])
        breaches += names.breaches
    if isinstance(data.get("services"), dict):
        services = {}
        for key, service in data["services"].items():
            names = OwnNames(names_of_service(project, key))
            services[key] = names.replaced(service, ("services", key))
            breaches += names.breaches
        replaced["services"] = services
    return replaced, tuple(breaches[:MOST_BREACHES])


def _replaced_at_the_top(names: OwnNames, key: str, value: Any) -> Any:
    """Return what stands at the top with names in it. Of `names`, what the services take over keeps theirs."""
    if key != NAMES or not isinstance(value, dict):
        return names.replaced(value, (key,))
    of_services = known_settings(NamesOfAService)
    return {name: it if name in of_services else names.replaced(it, (key, name)) for name, it in value.items()}


def _faulty_settings(paths: Collection[Key]) -> dict[str, set[str]]:
    """Return the settings of services that have an error, by the services' keys. A misspelt one is what it means."""
    faults: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        if path[:1] == ("services",) and len(path) > 2:
            faults[str(path[1])] |= {str(path[2]), str(meant(defaults_of_all_kinds(), str(path[2])))}
    return faults


_READ_ALONE = ("module", NAMES, "tags")
"""Entries that the rules look at beside the services, where there is no error in them."""


def _sound_part(data: Mapping[str, Any], paths: Collection[Key], faulty: Mapping[str, Collection[str]]) -> Catalogue:
    """Return a catalogue without its faulty entries, at `paths`, so that the rules can be checked on the rest."""
    services = {}
    for key, service in _mapping(data, "services").items():
        kind = service.get("kind") if isinstance(service, dict) else None
        if isinstance(kind, str) and kind in all_kinds() and ("services", key) not in paths:
            services[key] = _sound_service(all_kinds()[kind], service, faulty.get(key, ()))
    partition = data.get("partition", COMMERCIAL)
    images = {
        key: Image.partly(repository=_text_without_error(image, ("images", key, "repository"), paths))
        for key, image in _mapping(data, "images").items()
        if isinstance(image, dict)
    }
    sound = {key: data[key] for key in _READ_ALONE if key in data and not any(path[:1] == (key,) for path in paths)}
    read_alone = {key: known_settings(Catalogue)[key].type.read(value) for key, value in sound.items()}
    module = read_alone.pop("module", Module.partly())
    partition = partition if partition in PARTITIONS else AUTO
    return Catalogue.partly(
        project=_text_without_error(data, ("project",), paths),
        partition=partition,
        module=module,
        images=images,
        services=services,
        **read_alone,
    )


def _text_without_error(entries: Mapping[str, Any], path: Key, paths: Collection[Key]) -> str:
    """Return the text of an entry, whose key ends its path; nothing where there is an error in it."""
    value = entries.get(str(path[-1]))
    return value if isinstance(value, str) and path not in paths else ""


def _sound_service(kind: type[Service], service: Mapping[str, Any], faulty: Collection[str]) -> Service:
    settings = known_settings(kind)
    sound = {name: value for name, value in service.items() if name in settings and name not in faulty}
    return kind.partly(**{name: settings[name].type.read(value) for name, value in sound.items()})


def _mapping(entries: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = entries.get(key)
    return value if isinstance(value, dict) else {}


def located(source: Source, found: Sequence[Breach]) -> list[Problem]:
    """Give each breach its place. A breach in `defaults` that many services inherit is reported once, in `defaults`."""
    problems = []
    for breach in found:
        key = written_at(source, breach.key)
        where = source.key_position(key) if breach.at_key else source.position(key)
        problems.append(Problem(where, source.label(key), breach.what, breach.remedy, breach.severity))
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.where)
