"""Files that a catalogue names, as they are on disk: in the catalogue's folder or below it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from generator.errors import FolderError, Rejection, changed
from generator.source.reading import opened
from generator.source.variables import MOST_BYTES, FileBeside

LARGEST_SUM = 64 << 20
"""Bytes of all files that one catalogue names: a thousand of the largest ones."""

NO_SUCH_FILE = Rejection("does not exist", "write this file, or correct its path")
_TOO_MUCH = Rejection(
    f"is not read: the files before it have {LARGEST_SUM >> 20} MiB",
    "split the catalogue in two, or shorten files",
)


class FilesOnDisk:
    """Reads files in a folder or below it, and remembers what they held. `called` is what messages call a path."""

    def __init__(self, folder: Path, called: Callable[[str], str]) -> None:
        self._folder, self._called = folder, called
        self._contents: dict[str, bytes | Rejection] = {}

    def read(self, paths: Collection[str]) -> Mapping[str, FileBeside]:
        """Return files by their paths from the folder. Of one that is too large, only the beginning is read."""
        left = LARGEST_SUM
        for path in sorted(paths):
            content = _content(self._folder, path) if left > 0 else _TOO_MUCH
            left -= len(content) if isinstance(content, bytes) else 0
            self._contents[path] = content
        return {path: FileBeside(self._called(path), self._contents[path]) for path in paths}

    def confirm(self) -> None:
        """Raise `FolderError` where a file is no longer what was read."""
        for path, content in self._contents.items():
            if _content(self._folder, path) != content:
                raise FolderError([changed(self._called(path))])


def _content(folder: Path, path: str) -> bytes | Rejection:
    """Return what a file holds, or what is wrong with it."""
    if not Path(os.path.realpath(folder / path)).is_relative_to(os.path.realpath(folder)):
        what = "leads out of the catalogue's folder through a symbolic link"
        return Rejection(what, "put the file itself there")
    try:
        with opened(folder / path) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return Rejection("is a pipe or a device", "name a file")
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return NO_SUCH_FILE
    except IsADirectoryError:
        return Rejection("is a folder", "name a file in it")
    except OSError as error:
        return Rejection(f"cannot be read: {error.strerror}", "allow tfgen to read it, or name another file")
