"""Stdout and stderr: data goes to stdout, messages for people go to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

import click

from generator.errors import FolderError, Position, Problem, first_of, printable_lines, without_commands
from generator.output.progress import behind_progress

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@contextmanager
def lent_stdout() -> Iterator[IO[str]]:
    """Lend stdout. Raises `FolderError` where it leads to a full disk."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        close_stdout()
        what = f"cannot be written: {error.strerror}"
        raise FolderError([Problem(Position("stdout"), "", what, "send the output elsewhere")]) from None


def close_stdout() -> None:
    """Silence Python's last flush of what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_lines(lines: Iterable[str]) -> None:
    """Print data, in UTF-8 and with line feeds, whatever the locale. Raises `FolderError`.

    No control character of a catalogue, a file or a plan reaches a terminal.
    """
    _print_exactly(map(printable_lines, lines))


def print_patch(lines: Iterable[str]) -> None:
    """Print the lines of a diff as they are, for a program that applies it. Raises `FolderError`."""
    _print_exactly(lines)


def print_diff(lines: Iterable[str]) -> None:
    """Print the lines of a diff to look at. Raises `FolderError`."""
    is_coloured = has_colour(sys.stdout)
    shown = ((line[:1], printable_lines(line)) for line in lines)
    _print_exactly(click.style(line, fg=_COLOURS.get(sign)) if is_coloured else line for sign, line in shown)


def _print_exactly(lines: Iterable[str]) -> None:
    with lent_stdout():
        for line in behind_progress(lines):
            click.echo(line.encode("utf-8", "surrogateescape"))


def talk(lines: Iterable[str]) -> None:
    """Say something on stderr. If stderr cannot be written, only the exit code remains."""
    with suppress(OSError):
        for line in behind_progress(lines):
            click.echo(without_commands(printable_lines(line)), err=True)


def tell(problems: Sequence[Problem]) -> None:
    """Say on stderr what is wrong."""
    talk(map(str, first_of(problems)))


def has_colour(stream: IO[str]) -> bool:
    """Tell whether a stream takes colour, which is for people. Source of the variable: https://no-color.org."""
    return stream.isatty() and not os.environ.get("NO_COLOR")
