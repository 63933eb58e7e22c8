"""`--base` and `--base-file`: what the catalogue is compared with."""

from __future__ import annotations

from pathlib import Path

import click

from generator.changes.edit import Edit
from generator.edition import Edition
from generator.options.where import Command, Where, keep
from generator.stages import Stage, enter
from generator.workspace import Workspace


def base_options(command: Command) -> Command:
    """Give a command the options that say what the catalogue is compared with."""
    for name, metavar, help_text in (
        ("--base-file", "FILE", "Another catalogue to compare with, in place of a revision."),
        ("--base", "REV", "Compare with the last commit that HEAD shares with this one.  [default: HEAD]"),
    ):
        command = click.option(name, metavar=metavar, expose_value=False, callback=keep, help=help_text)(command)
    return command


def edit_since_base(where: Where, is_kept: bool = False) -> tuple[Edit, tuple[str, str]]:
    """Return the edit since a revision or another catalogue, and the option that says which.

    A revision that `HEAD` does not descend from stands for the merge base of the two, as in `git diff REV...`. If the
    text is kept, the option names the commit, so that it is right when `HEAD` moves. Raises `UsageError` if both
    options are given, and `TfgenError`.
    """
    if where.base is not None and where.base_file is not None:
        raise click.UsageError("--base and --base-file cannot be used together; give one of them")
    workspace = Workspace(where.catalogue_file, where.arguments)
    after = workspace.rendered().edition
    if where.base_file is not None:
        before = workspace.beside(Path(where.base_file), after.companions)
        return _compared(before, after), ("--base-file", where.base_file)
    revision = workspace.base(where.base) if where.base else "HEAD"
    if is_kept:
        revision = workspace.commit(revision)
    return _compared(workspace.at(revision), after), ("--base", revision)


def _compared(before: Edition | None, after: Edition) -> Edit:
    enter(Stage("comparing"))
    return Edit(before, after)
