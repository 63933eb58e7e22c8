"""Compare the catalogue with the generated files.

Writes nothing. Exits with 0 if they agree, 1 on an error, 2 on drift.
"""

from __future__ import annotations

import click

from generator.errors import TfgenError
from generator.options.formats import findings_format
from generator.options.where import Where, where_options
from generator.output import findings
from generator.output.streams import print_diff, print_lines, talk
from generator.workspace import Workspace


@click.command(help=__doc__)
@where_options
@findings_format
@click.pass_obj
def command(where: Where, output_format: str) -> int:
    try:
        report = Workspace(where.catalogue_file, where.arguments).report()
    except TfgenError as error:
        report = findings.Report(error.problems)
    if output_format == "json":
        print_lines([findings.to_json(report)])
    elif output_format == "github":
        print_lines(findings.to_github(report))
    else:
        print_diff(findings.diff_lines(report))
        talk(findings.talk_lines(report))
    return report.exit_code
