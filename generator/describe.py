"""A catalogue in words: the table of its services, and one service with its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import yaml
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from generator.catalogue.blocks import Block
from generator.catalogue.model import Catalogue
from generator.catalogue.service import Service
from generator.errors import visible
from generator.hcl.parse import Document
from generator.render import GeneratedFile

_WIDE = 10_000
"""Columns where no terminal sets a width: nothing is cut from what a program reads."""


def print_table(catalogue: Catalogue, stream: IO[str], colour: bool) -> None:
    """Print a line for each service, its defaults merged in."""
    console = Console(
        file=stream,
        color_system="auto" if colour else None,
        highlight=False,
        emoji=False,
        width=None if stream.isatty() else _WIDE,
    )
    table = Table(box=SIMPLE_HEAD if stream.isatty() else None, pad_edge=False)
    for heading in ("SERVICE", "KIND", "CPU", "MEMORY", "COUNT", "IMAGE", "PORT", "QUEUE", "ROLE"):
        table.add_column(heading, justify="right" if heading in ("CPU", "MEMORY", "COUNT", "PORT") else "left")
    for key, service in catalogue.services.items():
        table.add_row(*(visible(str(cell)) for cell in _cells(key, service, catalogue)))
    console.print(table, markup=False)


def service_lines(
    catalogue: Catalogue, service: Service, files: list[GeneratedFile], folder_name: str
) -> Iterator[str]:
    """Yield a service's settings as YAML, and the address and the place of each of its blocks."""
    given = {key: value for key, value in service.model_dump().items() if value not in (None, (), {})}
    settings = {"kind": service.kind, **given}
    yield from yaml.safe_dump({service.names.key: settings}, sort_keys=False, width=_WIDE).splitlines()
    yield ""
    blocks = [*service.blocks(), *service.output_blocks()]
    lines = {
        address: f"{folder_name}/{file.name}:{line}" for file in files for address, line in Document(file.text).blocks()
    }
    addresses = [_full_address(catalogue, block) for block in blocks]
    width = max(map(len, addresses))
    for block, address in zip(blocks, addresses, strict=True):
        yield f"{address:<{width}}  {lines[block.address]}"


def _cells(key: str, service: Service, catalogue: Catalogue) -> list[object]:
    port = getattr(service, "port", None) or "-"
    image = service.image or next(iter(catalogue.images))
    size = [service.cpu, service.memory, service.desired_count]
    return [key, service.kind, *size, image, port, service.queue or "-", service.role]


def _full_address(catalogue: Catalogue, block: Block) -> str:
    return f"{catalogue.module.address}.{block.address}"
