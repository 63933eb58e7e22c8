"""Whether a person is told what tfgen is at: on a terminal, for as long as nothing else is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from generator.output.progress_line import ProgressLine

Written = TypeVar("Written")


class _Shown:
    """The line of this process, where there is one."""

    line: ProgressLine | None = None


@contextmanager
def progress() -> Iterator[None]:
    """Show what takes longer than a second or so, until something else is written or the work ends.

    Nothing is shown in CI, in a pipe, or on a terminal that cannot erase a line.
    """
    if _can_be_shown():
        from generator.output.progress_line import ProgressLine

        _Shown.line = ProgressLine()
    try:
        yield
    finally:
        _end_progress()


def behind_progress(written: Iterable[Written]) -> Iterator[Written]:
    """Yield what is about to be written: as soon as there is something, no progress is shown any more."""
    for one in written:
        _end_progress()
        yield one


def _end_progress() -> None:
    if _Shown.line:
        _Shown.line.end()
        _Shown.line = None


def _can_be_shown() -> bool:
    has_reader = sys.stderr.isatty() and not os.environ.get("CI")
    return has_reader and (os.environ.get("TERM") or "dumb") != "dumb" and os.name == "posix"
