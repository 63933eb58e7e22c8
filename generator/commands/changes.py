"""Show what an edit of the catalogue changes: settings, blocks, permissions, and what that means."""

from __future__ import annotations

import click

from generator.changes import told
from generator.options.base import base_options, edit_since_base
from generator.options.formats import format_option
from generator.options.where import Where, where_options
from generator.output.streams import has_colour, lent_stdout, print_lines, talk


@click.command(help=__doc__)
@where_options
@base_options
@format_option("For people, or for programs.", "text", "json")
@click.pass_obj
def command(where: Where, output_format: str) -> None:
    edit, (_, name) = edit_since_base(where)
    if output_format == "json":
        print_lines([told.to_json(edit, name)])
        return
    with lent_stdout() as stdout:
        told.print_edit(edit, stdout, has_colour(stdout))
    talk([*told.warnings(edit), told.summary(edit, name)])
