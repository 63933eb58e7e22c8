"""The folders that a catalogue works with, as they are on disk."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import FolderError, Position, Problem

Files = dict[str, bytes]
"""File name to content; in a folder of folders, the path below it."""

MAX_BYTES = 1 << 20
"""Size of a file that is read as a template: a hundred times that of the largest."""

TERRAFORM_SUFFIXES = (".tf", ".tf.json")


_LET_READ = "let `module.path` name a folder that tfgen may read, with its files"


def is_override(name: str) -> bool:
    """Tell whether Terraform merges a file over blocks of others, so that what it declares is declared elsewhere."""
    stem = name.removesuffix(".json").removesuffix(".tf")
    return stem == "override" or stem.endswith("_override")


def is_terraforms(name: str) -> bool:
    """Tell whether Terraform reads a file of this name. It passes over hidden files, whatever their ending."""
    return name.endswith(TERRAFORM_SUFFIXES) and not name.startswith(".")


def read_folder(folder: Path, name: str) -> Files:
    """Return the Terraform files of a folder; none where it does not exist. `name` is what messages call it.

    Raises `FolderError`.
    """
    with _told_of(folder, name, _LET_READ), suppress(FileNotFoundError):
        paths = sorted(path for path in folder.iterdir() if is_terraforms(path.name))
        return {path.name: path.read_bytes() for path in paths if path.is_file()}
    return {}


def refuse_links(folder: Path, name: str, files: Iterable[str]) -> None:
    """Raise `FolderError` where one of a folder's files is a symbolic link, to whatever text and for whatever reason.

    What is compared is shown, and a link may lead to a text that its author could not read.
    """
    with _told_of(folder, name, _LET_READ):
        links = [file for file in files if (folder / file).is_symlink()]
    if links:
        remedy = "put a file in its place, or remove it"
        raise FolderError([Problem(Position(f"{name}/{file}"), "", "it is a symbolic link", remedy) for file in links])


def read_tree(folder: Path, name: str, within: Path) -> Files:
    """Return every file below a folder; none where it does not exist. `name` is what messages call it.

    Raises `FolderError`, also where a symbolic link leads nowhere or out of the folder `within`, or a file is too
    large.
    """
    with _told_of(folder, name, "let tfgen read it, or move it away"):
        if not _exists(folder):
            return {}
        paths = sorted(_paths_below(folder))
        top = within.resolve()
        problems = [problem for path in paths for problem in _reasons_not_to_read(path, folder, name, top)]
        if problems:
            raise FolderError(problems)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


@contextmanager
def _told_of(folder: Path, name: str, remedy: str) -> Iterator[None]:
    """Raise `FolderError` at the file or folder that the system does not give out."""
    try:
        yield
    except OSError as error:
        below = os.path.relpath(error.filename or folder, folder)
        where = Position(name if below == "." else posixpath.normpath(f"{name}/{below}"))
        raise FolderError([Problem(where, "", f"cannot be read: {error.strerror}", remedy)]) from None


def _exists(folder: Path) -> bool:
    """Unlike Python's own, raise `OSError` where it cannot be told."""
    try:
        folder.lstat()
    except FileNotFoundError:
        return False
    return True


def _paths_below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder but folders. Raises `OSError` where one of these cannot be searched."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _paths_below(path)
        else:
            yield path


def _reasons_not_to_read(path: Path, folder: Path, name: str, within: Path) -> Iterator[Problem]:
    where = Position(f"{name}/{path.relative_to(folder).as_posix()}")
    target = Path(os.path.realpath(path))  # unlike `resolve`, it takes a link to itself
    if not target.is_relative_to(within):
        what = "it leads out of the catalogue's folder through a symbolic link"
        yield Problem(where, "", what, "put the file itself there")
    elif not target.exists():
        yield Problem(where, "", "it is a symbolic link that leads nowhere", "put the file itself there")
    elif target.is_dir():
        yield Problem(where, "", "it is a symbolic link to a folder", "put the folder itself there")
    elif path.is_file() and path.stat().st_size > MAX_BYTES:
        yield Problem(where, "", f"it has more than {MAX_BYTES >> 20} MiB", "remove it, or make it smaller")
