"""Write the change document of an edit of the catalogue, as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from generator.changes.edit import Edit
from generator.options.base import base_options, edit_since_base
from generator.options.document import output_option, write_or_print
from generator.options.where import Where, where_options
from generator.plan.verdict import Verdict
from generator.report.document import Document


@click.command(help=__doc__)
@where_options
@base_options
@click.option("--plan", metavar="PLAN.json", type=click.Path(path_type=Path), help="Begin with the verdict on a plan.")
@output_option
@click.pass_obj
def command(where: Where, plan: Path | None, output: Path | None) -> None:
    edit, base_option = edit_since_base(where, is_kept=True)
    verdicts = _verdicts(plan, edit) if plan else None
    write_or_print(Document(edit, base_option, verdicts).markdown(), where, output)


def _verdicts(plan: Path, edit: Edit) -> list[Verdict]:
    from generator.plan.judging import verdicts_on

    return verdicts_on(plan, edit)
