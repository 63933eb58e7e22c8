"""What a person asks about: a generated file, or a line of one."""

from __future__ import annotations

import os
from pathlib import Path

from generator.blame.origins import BlamedLine, blamed_line, blamed_lines
from generator.errors import BlameError, Position, Problem, file_in, listed, plural
from generator.files.declared_types import DeclaredTypes
from generator.files.drift import FileComparison, State, render_command
from generator.rendering.render import Overrides
from generator.verify.module import RenderedModule
from generator.workspace import Rendered, within_bounds

_MOST_DIGITS = 12
"""Of a number of a line. Python refuses to read one of thousands."""

Numbered = dict[int, BlamedLine]
"""Lines by their numbers, which count from 1."""


def lines_of(asked: str, rendered: Rendered, overrides: Overrides) -> Numbered:
    """Return the lines that `FILE`, or the one that `FILE:LINE`, stands for. Raises `TfgenError`."""
    path, asked_number = _split(asked, rendered)
    comparison = _generated(path, rendered)
    _check_is_as_rendered(path, comparison, rendered)
    edition = rendered.edition
    type_of = DeclaredTypes(edition.companions)
    module = RenderedModule(
        edition.catalogue, edition.source, edition.files, edition.companions, rendered.folder_name, type_of
    )
    catalogue_name = Path(rendered.catalogue_name).name
    text = next(file.text for file in edition.files if file.name == comparison.name)
    if asked_number is None:
        blamed = within_bounds(lambda own: blamed_lines(module, catalogue_name, own, comparison.name), overrides)
        return dict(enumerate(blamed, start=1))
    number = _number(path, asked_number, text.count("\n"))
    line = within_bounds(lambda own: blamed_line(module, catalogue_name, own, comparison.name, number), overrides)
    return {number: line}


def _split(asked: str, rendered: Rendered) -> tuple[str, str | None]:
    """A file's own name may hold a colon."""
    path, colon, number = asked.rpartition(":")
    return (path, number) if colon and not _matches(asked, rendered) else (asked, None)


def _generated(path: str, rendered: Rendered) -> FileComparison:
    matching = _matches(path, rendered)
    if matching:
        return matching[0]
    by_hand = [name for name in rendered.edition.companions if _means(path, name, rendered)]
    what = "it is written by hand, not generated" if by_hand else f"{rendered.catalogue_name} does not render this file"
    raise _failure(path, what, f"name {_choices(rendered)}")


def _matches(path: str, rendered: Rendered) -> list[FileComparison]:
    return [comparison for comparison in rendered.comparisons if _means(path, comparison.name, rendered)]


def _means(path: str, name: str, rendered: Rendered) -> bool:
    """A bare name is one in the module's folder, unless the user's own folder has a file of this name."""
    is_bare = path == name and not Path(path).exists()
    return is_bare or _resolved(path) == _resolved(rendered.folder / name)


def _resolved(path: str | Path) -> str:
    try:
        return os.path.realpath(path)
    except FileNotFoundError:  # the folder that the user is in is gone
        return str(path)


def _choices(rendered: Rendered) -> str:
    return listed([file_in(rendered.folder_name, file.name) for file in rendered.files])


def _check_is_as_rendered(path: str, comparison: FileComparison, rendered: Rendered) -> None:
    """The lines of any other text are not those that the templates wrote."""
    if comparison.state is State.ORPHANED:
        raise _failure(path, "the catalogue no longer renders it", f"name {_choices(rendered)}")
    if comparison.state not in (State.SAME, State.LINE_ENDINGS):
        command = render_command(rendered.arguments, adopt=comparison.state is State.UNMANAGED)
        raise _failure(path, "it is not what the catalogue renders, so its lines cannot be traced", f"run `{command}`")


def _number(path: str, number: str, lines: int) -> int:
    """Return the number of a line of a file that has as many."""
    if not (number.isascii() and number.isdigit()):
        raise _failure(path, f"`{number}` is not a line number", f"write a number, such as {path}:1")
    wanted = int(number) if len(number) <= _MOST_DIGITS else 0
    if not 1 <= wanted <= lines:
        what = f"it has no line {number}: it has {plural(lines, 'line')}"
        raise _failure(path, what, f"use 1 to {lines}")
    return wanted


def _failure(path: str, what: str, remedy: str) -> BlameError:
    return BlameError([Problem(Position(path), "", what, remedy)])
