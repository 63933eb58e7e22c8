"""Work that may be somebody else's program, in a process of its own with an end to its time and its memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from generator.errors import Position, Problem, RenderError, TfgenError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

SECONDS = 60.0
"""Longer than any module takes: 1,000 services render in two."""

BYTES = 2 << 30
"""Address space. 10,000 services need a quarter of it."""


def bounded(work: Callable[[], Result], culprit: str) -> Result:
    """Return what the work returns, or raise what it raises of `TfgenError`.

    Raises `RenderError` at `culprit`, a file or folder, where it takes too long or too much. Where a process cannot be
    forked, as on Windows, nothing is bounded.
    """
    if not hasattr(os, "fork"):
        return work()
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_result, args=(work, culprit, sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(SECONDS):
            raise _refusal(culprit, f"rendering takes more than {SECONDS:.0f} seconds")
        result: Result | TfgenError = receiver.recv()
    except EOFError:
        remedy = "mend the templates, or report this as a bug of tfgen"
        raise _refusal(culprit, "rendering came to an end without a result", remedy) from None
    finally:
        process.kill()
        process.join()
    if isinstance(result, TfgenError):
        raise result
    return result


def _send_result(work: Callable[[], object], culprit: str, sender: Connection) -> None:
    import resource

    def limit(kind: int, most: int) -> None:
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))

    limit(resource.RLIMIT_AS, BYTES)
    limit(resource.RLIMIT_CPU, ceil(SECONDS) + 1)  # for a child whose parent was ended before it could end the child
    try:
        sender.send(work())
    except TfgenError as error:
        sender.send(error)
    except MemoryError:
        sender.send(_refusal(culprit, "rendering takes more memory than any module needs"))
    except KeyboardInterrupt:
        os._exit(1)


def _refusal(culprit: str, what: str, remedy: str = "mend the templates") -> RenderError:
    return RenderError([Problem(Position(culprit), "", what, remedy)])
