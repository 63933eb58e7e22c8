"""Draw the services and what they use: load balancer, image, secrets, queue, buckets, roles, log group."""

from __future__ import annotations

from pathlib import Path

import click

from generator.graph.document import document
from generator.options.document import output_option, write_or_print
from generator.options.formats import format_option
from generator.options.where import Where, where_options
from generator.workspace import Workspace


@click.command(help=__doc__)
@where_options
@format_option("For Markdown, for Graphviz, as a picture, or as a page.", "mermaid", "dot", "svg", "html")
@output_option
@click.pass_obj
def command(where: Where, output_format: str, output: Path | None) -> None:
    rendered = Workspace(where.catalogue_file, where.arguments).rendered()
    drawn = document(rendered.edition, rendered.folder_name, output_format)
    write_or_print(drawn, where, output)
