"""Check the catalogue and what it renders. Does not compare or write files."""

from __future__ import annotations

import click

from generator.errors import plural
from generator.options.where import Where, where_options
from generator.output.streams import talk, tell
from generator.workspace import Workspace


@click.command(help=__doc__)
@where_options
@click.pass_obj
def command(where: Where) -> None:
    rendered = Workspace(where.catalogue_file, where.arguments).rendered()
    tell(rendered.warnings)
    talk([f"{rendered.catalogue_name} is valid: {plural(len(rendered.catalogue.services), 'service')}"])
