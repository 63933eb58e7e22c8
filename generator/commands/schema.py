"""Print the catalogue's JSON Schema, for editors."""

from __future__ import annotations

import click

from generator.catalogue.schema import schema_json
from generator.output.streams import print_lines


@click.command(help=__doc__)
def command() -> None:
    print_lines([schema_json()])
