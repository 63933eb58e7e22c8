"""Write the module's generated files, and say what changed."""

from __future__ import annotations

import click

from generator.errors import file_in, folder_in_words
from generator.files.drift import State
from generator.files.write import write
from generator.options.where import Where, where_options
from generator.output.streams import talk, tell
from generator.workspace import Workspace

_VERBS = {State.MISSING: "created", State.ORPHANED: "removed"}


@click.command(help=__doc__)
@where_options
@click.option("--adopt", is_flag=True, help="Overwrite files that tfgen did not generate.")
@click.pass_obj
def command(where: Where, adopt: bool) -> None:
    workspace = Workspace(where.catalogue_file, where.arguments)
    rendered = workspace.rendered()
    tell(rendered.warnings)
    workspace.confirm(rendered)
    changes = write(rendered.folder, rendered.folder_name, rendered.comparisons, adopt, rendered.arguments)
    talk(f"{_VERBS.get(change.state, 'updated')} {file_in(rendered.folder_name, change.name)}" for change in changes)
    if not changes:
        talk([f"{folder_in_words(rendered.folder_name)} is up to date"])
