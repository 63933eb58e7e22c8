"""Opening files that may be anything: a pipe that nobody writes to, a device without end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # Windows has no pipes among its files


def opened(path: Path) -> IO[bytes]:
    """Open a file to read. A pipe without a writer ends at once. Raises `OSError`.

    It may be a device without end, so the caller reads at most a bounded number of bytes.
    """
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - the caller closes it
    if _NO_WAIT:
        os.set_blocking(file.fileno(), True)  # what is written to a pipe later is waited for
    return file


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | _NO_WAIT)
