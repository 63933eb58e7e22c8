"""Show a service: its settings, and its blocks with their addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain

import click

from generator.changes.granted import GrantedBlocks
from generator.errors import likely, without_commands
from generator.options.where import Where, not_empty, where_options
from generator.output.description import Description
from generator.output.streams import print_lines, tell
from generator.workspace import Workspace


def _time(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime:
    """Return a time of day of a day; one without an offset is in UTC."""
    if value is None:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            f"`{value}` is not a time; write one like 2026-12-01T08:00", context, parameter
        ) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


@click.command(help=__doc__)
@where_options
@click.argument("service", metavar="SERVICE", callback=not_empty)
@click.option(
    "--at",
    metavar="TIME",
    callback=_time,
    help="Show the runs of a job after this time, in UTC unless it has an offset.  [default: now]",
)
@click.pass_obj
def command(where: Where, service: str, at: datetime) -> None:
    rendered = Workspace(where.catalogue_file, where.arguments).rendered()
    services = rendered.catalogue.services
    if service not in services:
        raise click.UsageError(f"{rendered.catalogue_name} has no service `{service}`; {likely(service, services)}")
    tell(rendered.warnings)
    description = Description(rendered.catalogue, rendered.files, rendered.folder_name, rendered.edition.names)
    told = description.lines(services[service], at)
    permissions = GrantedBlocks(rendered.edition).lines(services[service])
    print_lines(map(without_commands, chain(told, permissions)))
