"""A line on a terminal that says what tfgen is at: there while something takes long, and gone without a trace.

A timer asks for the stage, so the work knows of no terminal. The line goes past Python's buffers: the timer may ring
while these are being written to.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from generator.stages import stage_now

_PATIENCE = 1.0
"""Seconds after which somebody wonders."""

_INTERVAL = 0.2
"""Seconds from one look at the stage to the next."""

_ERASED = "\r\x1b[K"
"""To the line's beginning, and erase the rest of it. Source: ECMA-48, CR and EL."""

_USUAL_COLUMNS = 80
"""Where a terminal does not tell."""


class ProgressLine:
    """The line, from its timer's start on. A process in the background shows none: the terminal is another's."""

    def __init__(self) -> None:
        self._is_wanted, self._is_there = True, False
        signal.signal(signal.SIGALRM, self._show)
        signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _INTERVAL)

    def end(self) -> None:
        """Erase the line, for good."""
        self._is_wanted = False  # for a timer that has rung already
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._erase()

    def _show(self, *_: object) -> None:
        if not (self._is_wanted and _is_in_foreground()):
            return
        if not self._is_there:
            self._is_there = True
            self._give_way_to_signals()
        _write(_ERASED + f"tfgen: {stage_now()}"[: _columns() - 1])

    def _erase(self) -> None:
        if self._is_there:
            self._is_there = False
            _write(_ERASED)

    def _give_way_to_signals(self) -> None:
        """Erase the line before a signal ends or stops the process. An interrupt ends it as an exception does."""
        for number in (signal.SIGTERM, signal.SIGTSTP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self._give_way)

    def _give_way(self, number: int, _: FrameType | None) -> None:
        self._erase()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # one that was stopped goes on from here


def _write(text: str) -> None:
    with suppress(OSError):
        os.write(sys.stderr.fileno(), text.encode())


def _columns() -> int:
    with suppress(OSError):
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    return _USUAL_COLUMNS


def _is_in_foreground() -> bool:
    """Tell whether the terminal is this process's to write to, as far as a shell with jobs says."""
    try:
        return os.tcgetpgrp(sys.stderr.fileno()) == os.getpgrp()
    except OSError:
        return True
