"""A terminal that a real process writes to: what it gets, and what somebody who sits there sees of it in the end."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import NamedTuple

import pytest

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

_PATIENCE = 30.0
"""Seconds after which a process that writes nothing is stuck."""

ERASE = "\x1b[K"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Session(NamedTuple):
    """A process, and all that its terminal gets until nobody has that open any more."""

    process: subprocess.Popen[bytes]
    parts: Iterator[bytes]

    def until(self, sign: str) -> str:
        """Return what the terminal has got when a sign has come, or at the end."""
        got = b""
        for part in self.parts:
            got += part
            if sign.encode() in got:
                break
        return got.decode()

    def rest(self) -> str:
        """Return what the terminal gets from here on, once the process has ended."""
        got = b"".join(self.parts).decode()
        self.process.wait(_PATIENCE)
        return got


@contextmanager
def session(program: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Session]:
    """Run a program, a job of its own, whose stdin, stdout and stderr are a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        program, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, process_group=0
    ) as process:
        os.close(theirs)
        try:
            yield Session(process, _parts(ours))
        finally:
            process.kill()
            os.close(ours)


def _parts(terminal: int) -> Iterator[bytes]:
    while select([terminal], [], [], _PATIENCE)[0]:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # as Linux says that nobody has it open any more
            return
        if not part:
            return
        yield part


def on_screen(got: str) -> str:
    """Return what a terminal shows in the end: lines written over and erased as they are, and no colours."""
    return "\n".join(_line(line) for line in _COLOURS.sub("", got).replace("\r\n", "\n").split("\n"))


def _line(got: str) -> str:
    shown, column = "", 0
    for piece in re.split(f"(\r|{re.escape(ERASE)})", got):
        if piece == "\r":
            column = 0
        elif piece == ERASE:
            shown = shown[:column]
        else:
            shown = shown[:column] + piece + shown[column + len(piece) :]
            column += len(piece)
    return shown
