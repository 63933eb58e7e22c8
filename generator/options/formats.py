"""`--format`: for whom a command writes."""

from __future__ import annotations

from collections.abc import Callable

import click

from generator.options.where import Command


def format_option(help_text: str, *formats: str) -> Callable[[Command], Command]:
    """Return an option with which a command writes in one of several formats, the first by default."""
    choice = click.Choice(formats)
    return click.option("--format", "output_format", type=choice, default=formats[0], show_default=True, help=help_text)


findings_format = format_option(
    "For people, for programs, or as annotations in GitHub Actions.", "text", "json", "github"
)
