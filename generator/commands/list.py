"""List the services, with the defaults merged in."""

from __future__ import annotations

import click

from generator.options.where import Where, where_options
from generator.output.description import print_services
from generator.output.streams import has_colour, lent_stdout
from generator.workspace import Workspace


@click.command(help=__doc__)
@where_options
@click.pass_obj
def command(where: Where) -> None:
    _, catalogue, _ = Workspace(where.catalogue_file, where.arguments).load()
    with lent_stdout() as stdout:
        print_services(catalogue, stdout, has_colour(stdout))
