"""Show a service: its settings, and its blocks with their addresses."""

from __future__ import annotations

import click

from generator.errors import likely, without_commands
from generator.options.where import Where, not_empty, where_options
from generator.output.description import Description
from generator.output.streams import print_lines, tell
from generator.workspace import Workspace


@click.command(help=__doc__)
@where_options
@click.argument("service", metavar="SERVICE", callback=not_empty)
@click.pass_obj
def command(where: Where, service: str) -> None:
    rendered = Workspace(where.catalogue_file, where.arguments).rendered()
    services = rendered.catalogue.services
    if service not in services:
        raise click.UsageError(f"{rendered.catalogue_name} has no service `{service}`; {likely(service, services)}")
    tell(rendered.warnings)
    description = Description(rendered.catalogue, rendered.files, rendered.folder_name)
    print_lines(map(without_commands, description.lines(services[service])))
