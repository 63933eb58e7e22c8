"""Compare a plan of Terraform with what the catalogue's change implies.

PLAN.json is the output of `terraform show -json` for a saved plan. The change is the one from the catalogue at REV to
the catalogue in the work tree. Exits with 0 if the plan does everything that the change implies and nothing else, 1 on
an error, 2 otherwise.
"""

from __future__ import annotations

from pathlib import Path

import click

from generator.options.base import base_options, edit_since_base
from generator.options.formats import findings_format
from generator.options.where import Where, where_options
from generator.output.streams import has_colour, lent_stdout, print_lines, talk
from generator.plan import told
from generator.plan.judging import verdicts_on


@click.command(help=__doc__)
@where_options
@base_options
@findings_format
@click.option("--allow", "allowed", type=click.Choice(["import"]), multiple=True, help="What a plan may also do.")
@click.argument("plan", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.pass_obj
def command(where: Where, plan: Path, output_format: str, allowed: tuple[str, ...]) -> int:
    edit, (_, name) = edit_since_base(where)
    verdicts = verdicts_on(plan, edit, allows_import="import" in allowed)
    if output_format == "json":
        print_lines([told.to_json(verdicts, name)])
    elif output_format == "github":
        print_lines(told.to_github(verdicts))
    else:
        with lent_stdout() as stdout:
            told.print_verdicts(verdicts, stdout, has_colour(stdout))
    if output_format != "json":
        talk([told.summary(verdicts, name)])
    return 2 if any(verdict.faults for verdict in verdicts) else 0
