"""The commands: one file each, found by itself and imported when it is called.

The file's name is the command's, its docstring is the command's help, and `command` in it is what click runs.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any

import click


class Commands(click.Group):
    """All commands. Only the one that is called is imported."""

    def __init__(self, **settings: Any) -> None:
        names = [module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)]
        super().__init__(commands={name: _NotImported(name) for name in names}, **settings)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, imported, with its name and its arguments."""
        name, command, arguments = super().resolve_command(ctx, args)
        return name, command and import_module(f"{__name__}.{_module_name(command)}").command, arguments


class _NotImported(click.Command):
    """A command that is only listed: its help is read from its file."""

    def get_short_help_str(self, limit: int = 45) -> str:
        file = Path(__file__).with_name(f"{_module_name(self)}.py")
        _, self.help, _ = file.read_text("utf-8").split('"""', 2)
        return super().get_short_help_str(limit)


def _module_name(command: click.Command) -> str:
    return str(command.name).replace("-", "_")
