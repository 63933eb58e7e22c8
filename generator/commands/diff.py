"""Show what a render would change, as a unified diff."""

from __future__ import annotations

import sys

import click

from generator.options.where import Where, where_options
from generator.output.findings import diff_lines
from generator.output.streams import print_diff, print_patch, tell
from generator.workspace import Workspace


@click.command(help=__doc__)
@where_options
@click.pass_obj
def command(where: Where) -> None:
    report = Workspace(where.catalogue_file, where.arguments).report()
    tell(report.problems)
    show = print_diff if sys.stdout.isatty() else print_patch
    show(diff_lines(report))
