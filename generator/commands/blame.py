"""Show where a line of a generated file comes from: a line of a template, and keys of the catalogue.

Without LINE, shows this for every line.
"""

from __future__ import annotations

import click

from generator.blame.listing import listing
from generator.blame.target import lines_of
from generator.options.where import Where, not_empty, where_options
from generator.output.streams import print_lines
from generator.workspace import Workspace


@click.command(help=__doc__)
@where_options
@click.argument("file", metavar="FILE[:LINE]", callback=not_empty)
@click.pass_obj
def command(where: Where, file: str) -> None:
    workspace = Workspace(where.catalogue_file, where.arguments)
    print_lines(listing(lines_of(file, workspace.rendered(), workspace.overrides())))
