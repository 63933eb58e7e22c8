"""`--output`: where a document goes."""

from __future__ import annotations

from pathlib import Path

import click

from generator.files.write import write_document
from generator.options.where import Where
from generator.output.streams import print_lines, talk
from generator.workspace import Workspace

output_option = click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file, not to stdout."
)


def write_or_print(text: str, where: Where, output: Path | None) -> None:
    """Write a document to the file that `--output` names, or to stdout. Raises `FolderError`."""
    if output:
        Workspace(where.catalogue_file).check_output(output)
        write_document(output, text)
        talk([f"wrote {output}"])
    else:
        print_lines([text.rstrip("\n")])
