"""A catalogue in words: the table of its services, and one service with its blocks."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import IO

import yaml

from generator.aws.versions import least_versions
from generator.catalogue.kinds import all_kinds
from generator.catalogue.model import Catalogue
from generator.catalogue.rendered_names import RenderedNames
from generator.catalogue.service import CommandLine, Service, settings_of
from generator.errors import file_in
from generator.hcl.addresses import type_of, within
from generator.hcl.nodes import nodes_of
from generator.hcl.proof.proof import ProvenFile, ProvenPart, proven
from generator.output.table import Rows, print_table
from generator.rendering.render import GeneratedFile


def print_services(catalogue: Catalogue, stream: IO[str], colour: bool) -> None:
    """Print a line for each service, its defaults merged in."""
    several = {column.heading: column for kind in all_kinds().values() for column in kind.all_columns()}
    columns = sorted(several.values(), key=lambda column: column.place)
    told = {
        key: {column.heading: column.value(service, catalogue) for column in service.all_columns()}
        for key, service in catalogue.services.items()
    }
    told_of_any = {heading for cells in told.values() for heading, value in cells.items() if value is not None}
    columns = [column for column in columns if not column.is_rare or column.heading in told_of_any]
    headings = ("SERVICE", "KIND", *(column.heading for column in columns))
    rows = Rows(headings, numbers=[column.heading for column in columns if column.is_number])
    for key, service in catalogue.services.items():
        rows.add([key, service.kind, *(_cell(told[key].get(column.heading)) for column in columns)])
    print_table(rows, stream, colour)


class Description:
    """Describes each service of a module; the files are read once for all. `names` are those of the rendered blocks."""

    def __init__(
        self, catalogue: Catalogue, files: list[GeneratedFile], folder_name: str, names: RenderedNames
    ) -> None:
        self._catalogue = catalogue
        self._names = names
        self._places: dict[str, str] = {}
        self._parts: dict[str, tuple[ProvenFile, ProvenPart]] = {}
        for file in files:
            self._read(file_in(folder_name, file.name), proven(file.text))

    def _read(self, path: str, file: ProvenFile) -> None:
        for part in file.parts:
            for address, line in file.blocks_in(part):
                self._places[address] = f"{path}:{line}"
                self._parts[address] = file, part

    def _uses(self, address: str) -> set[tuple[str, str]]:
        """Return type and name of each argument that a block has, and of each attribute that it reads."""
        file, part = self._parts[address]
        if part.form is None:
            return nodes_of([file.text(part)])[address].uses
        written = {(type_of(address), name) for name in part.form.names}
        return written | {(type_of(read.address), read.attribute) for read in file.reads_in(part)}

    def lines(self, service: Service, at: datetime | None = None) -> Iterator[str]:
        """Yield a service's settings as YAML, the address and the place of each of its blocks, and what its kind says.

        With a time, its kind also says when it runs next.
        """
        yield from yaml.safe_dump(
            {service.names.key: settings_of(service)}, sort_keys=False, allow_unicode=True, width=sys.maxsize
        ).splitlines()
        yield ""
        if not service.is_rendered:
            yield "nothing of it is rendered, with `when: false`"
            return
        blocks = self._catalogue.blocks_of(service)
        addresses = [within(self._catalogue.module.address, block.address) for block in blocks]
        width = max(map(len, addresses))
        for block, address in zip(blocks, addresses, strict=True):
            yield f"{address:<{width}}  {self._places[block.address]}"
        used = {name for block in blocks for name in self._uses(block.address)}
        needed = [f"{name} needs AWS provider {version} or newer" for name, version in least_versions(used)]
        further = [*needed, *map(self._line, service.shown(self._catalogue, at))]
        yield from ["", *further] if further else []

    def _line(self, said: str | CommandLine) -> str:
        if isinstance(said, str):
            return said
        return said.pattern.format(*(shlex.quote(self._names.told(word)) for word in said.words))


def _cell(value: object) -> object:
    return "-" if value is None else value
