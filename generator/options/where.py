"""`-C` and `--catalogue`: which catalogue is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

DEFAULT_CATALOGUE = "services.yaml"

Command = TypeVar("Command", bound=Callable[..., Any])


class Where:
    """Which catalogue is meant, and what it is compared with, from options before or after the command."""

    def __init__(self) -> None:
        self.directory: str | None = None
        self.catalogue: str | None = None
        self.base: str | None = None
        self.base_file: str | None = None

    @property
    def catalogue_file(self) -> Path:
        """The catalogue, as the user named it."""
        return Path(self.directory or "", self.catalogue or DEFAULT_CATALOGUE)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The options that mean the same catalogue in another command."""
        given = {"-C": self.directory, "--catalogue": self.catalogue}
        return tuple(word for option, value in given.items() if value for word in (option, value))


def where_options(command: Command) -> Command:
    """Give a command the options that say which catalogue is meant."""
    for name, metavar, field, help_text in (
        ("--catalogue", "FILE", "catalogue", f"The catalogue; relative to DIR.  [default: {DEFAULT_CATALOGUE}]"),
        ("-C", "DIR", "directory", "The folder to work in.  [default: this one]"),
    ):
        command = click.option(name, field, metavar=metavar, expose_value=False, callback=keep, help=help_text)(command)
    return command


def keep(context: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keep the value of an option in the field of `Where` with its name."""
    where = context.ensure_object(Where)
    if value is not None:
        setattr(where, str(option.name), not_empty(context, option, value))


def not_empty(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return the value of an option or argument. Raises `BadParameter` for an empty one.

    An unset shell variable gives an empty value.
    """
    if value == "":
        raise click.BadParameter(f"it is empty; name a {parameter.metavar}", context, parameter)
    return value
