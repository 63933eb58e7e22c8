"""The variables of files, laid under those that a service has itself, as plain data."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from generator.catalogue.extent import Extent
from generator.catalogue.own_names import OwnNames, names_of_service
from generator.catalogue.paths import FileBelow
from generator.errors import Problem, Rejection
from generator.hcl.escapes import unescaped_templates
from generator.hcl.write.text import verbatim
from generator.settings.breach import Breach
from generator.source.layers import is_null
from generator.source.source import EntryPlace, Key, Scalar, Source
from generator.source.variables import FileBeside, ReadFiles, variables_in

FILE, VARIABLES = "environment_file", "environment"
"""The setting that names a file, and the one that its variables lie under."""


class _FileRead(NamedTuple):
    texts: dict[str, Scalar]
    places: dict[str, EntryPlace]


def no_files(paths: Collection[str]) -> Mapping[str, FileBeside]:
    """Read files where there are none."""
    return {path: FileBeside(path, Rejection("does not exist", "name another file")) for path in paths}


class EnvironmentFiles:
    """Lays the variables of files under those of a catalogue, and keeps what is wrong with the files.

    `breaches` are of the entries that name a file, and `problems` stand in the files. The source is told where each
    variable is written.
    """

    def __init__(self, source: Source, read_files: ReadFiles) -> None:
        self._source, self._read_files = source, read_files
        self._files: dict[str, _FileRead] = {}
        self.breaches: list[Breach] = []
        self.problems: list[Problem] = []

    def laid_under(self, services: Mapping[str, Any], project: str, extent: Extent) -> dict[str, Any]:
        """Return services, with their layers merged, in which the variables of each file lie under `environment`.

        Raises `CatalogueError` if the result is too large.
        """
        paths = {}
        for key, service in services.items():
            for entry, holder in _holders(service, ("services", key)):
                path = _path_in(holder, OwnNames(names_of_service(project, key)))
                if path is not None:
                    paths[entry] = path
        if not paths:
            return dict(services)
        self._read(paths)
        return {key: self._over_files(service, ("services", key), paths, extent) for key, service in services.items()}

    def _read(self, paths: Mapping[Key, str]) -> None:
        read = self._read_files(set(paths.values()))
        for entry, path in paths.items():
            name, content = read[path]
            if isinstance(content, Rejection):
                self.breaches.append(Breach((*entry, FILE), f"{name} {content.what}", content.remedy))
            elif path not in self._files:
                variables, problems = variables_in(content, name)
                self.problems += problems
                texts = {name: _as_text(variable.value) for name, variable in variables.items()}
                self._files[path] = _FileRead(texts, {name: variable.place for name, variable in variables.items()})

    def _over_files(self, service: Any, entry: Key, paths: Mapping[Key, str], extent: Extent) -> Any:
        """Lay the variables of files under a service's own, and under those of its further containers."""
        if not isinstance(service, dict):
            return service
        found = dict(service)
        for way, holder in _further_holders(service):
            laid = self._over_file(holder, (*entry, *way), paths, extent)
            setting, *inner = way
            found[setting] = {**found[setting], inner[0]: laid} if inner else laid
        return self._over_file(found, entry, paths, extent)

    def _over_file(self, holder: Any, entry: Key, paths: Mapping[Key, str], extent: Extent) -> Any:
        """Lay the variables of its file under a mapping that may hold `environment`."""
        file = self._files.get(paths.get(entry, ""))
        if file is None:
            return holder
        extent.add(file.texts)
        self._source.lay_under((*entry, VARIABLES), file.places)
        own = _own_variables(holder)
        return {**holder, VARIABLES: own | {name: text for name, text in file.texts.items() if name not in own}}


def _holders(service: Any, entry: Key) -> Iterator[tuple[Key, Any]]:
    """Yield each mapping of a service that may hold variables and name a file of them, with its entry."""
    if isinstance(service, dict):
        yield entry, service
        yield from (((*entry, *way), holder) for way, holder in _further_holders(service))


def _further_holders(service: Mapping[str, Any]) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Yield each further container of a service, with the way to it."""
    containers = service.get("containers")
    for name, container in containers.items() if isinstance(containers, dict) else ():
        if isinstance(container, dict):
            yield ("containers", name), container
    if isinstance(service.get("log_router"), dict):
        yield ("log_router",), service["log_router"]


def _path_in(holder: Mapping[str, Any], names: OwnNames) -> str | None:
    """Return the path of the file whose variables lie under a mapping's. A wrong one is left to the setting's type."""
    if FILE not in holder or is_null(holder[FILE]) or not isinstance(_own_variables(holder), dict):
        return None
    try:
        path = FileBelow().read(names.replaced(holder[FILE]))
    except Rejection:
        return None
    if names.breaches:
        return None
    return posixpath.normpath(unescaped_templates(path))


def _own_variables(holder: Mapping[str, Any]) -> Any:
    """Return the variables that a mapping holds itself; one expression in their place is nothing to merge with."""
    own = holder.get(VARIABLES, {})
    return {} if is_null(own) else own


def _as_text(value: str) -> Scalar:
    """Return a value as if its author had written it in quotes, with what would open an expression escaped."""
    text = Scalar(verbatim(value))
    text.quoted = True
    return text
