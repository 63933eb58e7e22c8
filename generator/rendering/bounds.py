"""Runs work that others may have programmed in its own process, with limits of time and memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from math import ceil
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from generator.errors import Position, Problem, RenderError, TfgenError
from generator.stages import Stage, enter, stage_now

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

SECONDS = 60.0
"""Longer than any module takes: 1,000 services render in two, and 40,000, nearly a whole catalogue's, in forty."""

_INTERVAL = 0.2
"""Seconds from one look at the work to the next."""

_GRACE = 1.0
"""Further seconds until a process that ignores the signal is killed."""

BYTES = 2 << 30
"""Address space beyond that of tfgen itself. 10,000 services need a quarter of it."""


def bounded(work: Callable[[], Result], culprit: str) -> Result:
    """Return what the work returns, or raise what it raises of `TfgenError`.

    Raises `RenderError` if it takes too much time or memory: at `culprit`, a folder, or at the file in it that was
    running. If a process cannot be forked, as on Windows, there are no limits.
    """
    if not hasattr(os, "fork"):
        return work()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_result, args=(work, culprit, sender, receiver), daemon=True)
    process.start()
    sender.close()
    try:
        result: Result | TfgenError = _received(receiver, culprit)
    except EOFError:
        remedy = "fix the templates, or report this as a bug of tfgen"
        raise _refusal(culprit, "rendering ended without a result", remedy) from None
    finally:
        process.kill()
        process.join()
    if isinstance(result, TfgenError):
        raise result
    return result


def _received(receiver: Connection, culprit: str) -> Any:
    """Return what the work sends last; on its way, it tells what it is at. Raises `RenderError` and `EOFError`."""
    end = monotonic() + SECONDS + _GRACE
    while receiver.poll(max(end - monotonic(), 0)):
        received = receiver.recv()
        if not isinstance(received, Stage):
            return received
        enter(received)
    raise _too_slow(culprit)


def _send_result(work: Callable[[], object], culprit: str, sender: Connection, receiver: Connection) -> None:
    receiver.close()  # so that the pipe breaks once nobody waits any more
    end = monotonic() + SECONDS

    def look(_: int, frame: FrameType | None) -> None:
        if monotonic() < end:
            _tell_stage(sender)
        else:
            sender.send(_too_slow(_file_at_work(frame, culprit)))
            os._exit(1)

    _limit_memory_and_time()
    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _INTERVAL, _INTERVAL)
    try:
        sender.send(_outcome(work, culprit))
    except KeyboardInterrupt:
        os._exit(1)


def _tell_stage(sender: Connection) -> None:
    try:
        sender.send(stage_now())
    except OSError:  # nobody waits any more
        os._exit(1)
    except (MemoryError, RecursionError):  # the work may go on with what little it has left
        pass


def _limit_memory_and_time() -> None:
    import resource

    def limit(kind: int, most: int) -> None:
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))

    limit(resource.RLIMIT_AS, _address_space() + BYTES)
    beyond_the_parents_patience = ceil(SECONDS + _GRACE) + 1  # the parent may be ended before it could end the child
    limit(resource.RLIMIT_CPU, beyond_the_parents_patience)


def _address_space() -> int:
    """Return the bytes that this process has mapped already, where the system tells. Source: proc_pid_statm(5)."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _outcome(work: Callable[[], object], culprit: str) -> object:
    try:
        return work()
    except TfgenError as error:
        return error
    except MemoryError:
        return _refusal(culprit, "rendering takes more memory than any module needs")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _file_at_work(frame: FrameType | None, culprit: str) -> str:
    """Return the innermost file of the culprit that is running, or the culprit if there is none."""
    while frame and not frame.f_code.co_filename.startswith(f"{culprit}/"):
        frame = frame.f_back
    return frame.f_code.co_filename if frame else culprit


def _too_slow(culprit: str) -> RenderError:
    return _refusal(culprit, f"rendering takes more than {SECONDS:.0f} seconds")


def _refusal(culprit: str, what: str, remedy: str = "fix the templates") -> RenderError:
    return RenderError([Problem(Position(culprit), "", what, remedy)])
