"""The folders that a catalogue works with, as they are on disk."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.errors import FolderError, Position, Problem, Rejection, file_in
from generator.source.reading import opened

Files = dict[str, bytes]
"""File name to content; in a folder of folders, the path below it."""

TERRAFORM_SUFFIXES = (".tf", ".tf.json")


class _Bounds(NamedTuple):
    """How much of a folder is read: its number of files, bytes of one file, and bytes of all of them."""

    files: int
    bytes_of_one: int
    bytes_of_all: int


_OF_TEMPLATES = _Bounds(files=1000, bytes_of_one=1 << 20, bytes_of_all=16 << 20)
"""A hundred times what the largest project has."""

_BY_HAND = _Bounds(files=10_000, bytes_of_one=16 << 20, bytes_of_all=16 << 20)
"""Of a module. Reading one byte of Terraform takes sixty of memory."""

_GENERATED = _Bounds(files=2, bytes_of_one=256 << 20, bytes_of_all=512 << 20)
"""40,000 services render 180 MiB."""


_PUT_A_FILE = "put a file in its place, or remove it"
_LET_READ = "set `module.path` to a folder that tfgen may read, with its files"


def is_override(name: str) -> bool:
    """Tell whether a file is an override file: Terraform merges its blocks into blocks of other files."""
    stem = name.removesuffix(".json").removesuffix(".tf")
    return stem == "override" or stem.endswith("_override")


def is_terraforms(name: str) -> bool:
    """Tell whether Terraform reads a file of this name. It passes over hidden files, whatever their ending."""
    return name.endswith(TERRAFORM_SUFFIXES) and not name.startswith(".")


def read_folder(folder: Path, name: str, generated: Collection[str]) -> Files:
    """Return the Terraform files of a folder; none where it does not exist. `name` is what messages call it.

    Raises `FolderError`, also if the files that people write, whose names are not in `generated`, are larger than any
    module. Under a name in `generated`, only a file counts: anything else is an obstacle that `write` reports.
    """
    with _told_of(folder, name, _LET_READ), suppress(FileNotFoundError):
        names = sorted(_names_of_terraforms(folder, name))
        ours = [folder / file for file in names if file in generated and (folder / file).is_file()]
        by_hand = [folder / file for file in names if file not in generated and not (folder / file).is_dir()]
        return _contents(ours, folder, name, _GENERATED) | _contents(by_hand, folder, name, _BY_HAND)
    return {}


def _names_of_terraforms(folder: Path, name: str) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_terraforms(entry.name):
                found.append(entry.name)
            if len(found) > _BY_HAND.files:
                raise _too_much(name, f"more than {_BY_HAND.files:,} files")
    return found


def refuse_links(folder: Path, name: str, files: Iterable[str]) -> None:
    """Raise `FolderError` if one of a folder's files is a symbolic link, whatever it points to.

    A comparison shows the text, and a link may point to a text that its author may not read.
    """
    with _told_of(folder, name, _LET_READ):
        links = [file for file in files if (folder / file).is_symlink()]
    if links:
        raise FolderError(
            [Problem(Position(file_in(name, file)), "", "it is a symbolic link", _PUT_A_FILE) for file in links]
        )


def read_tree(folder: Path, name: str, within: Path) -> Files:
    """Return every file below a folder; none where it does not exist. `name` is what messages call it.

    Raises `FolderError`, also where a symbolic link leads nowhere or out of the folder `within`, or there is more than
    any project has.
    """
    with _told_of(folder, name, "allow tfgen to read it, or move it away"):
        if not _exists(folder):
            return {}
        paths = sorted(_paths_below(folder, name, _OF_TEMPLATES.files))
        top = within.resolve()
        problems = [problem for path in paths for problem in _reasons_not_to_read(path, folder, name, top)]
        if problems:
            raise FolderError(problems)
        return _contents(paths, folder, name, _OF_TEMPLATES)


def _contents(paths: Iterable[Path], folder: Path, name: str, bounds: _Bounds) -> Files:
    """Return the content of each file by its path below a folder. Raises `OSError`, `FolderError` with every fault."""
    found: Files = {}
    problems = []
    left = bounds.bytes_of_all
    for path in paths:
        below = path.relative_to(folder).as_posix()
        try:
            content = _content(path, bounds.bytes_of_one)
        except Rejection as rejection:
            problems.append(Problem(Position(file_in(name, below)), "", rejection.what, rejection.remedy))
            continue
        if content is not None:
            found[below] = content
            left -= len(content)
        if left < 0:
            raise _too_much(name, f"more than {bounds.bytes_of_all >> 20} MiB in its files")
    if problems:
        raise FolderError(problems)
    return found


def _content(path: Path, most: int) -> bytes | None:
    """Return the content of a file, or nothing if it was removed after its folder was read. Raises `Rejection`."""
    try:
        with opened(path) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Rejection("it is a pipe or a device", _PUT_A_FILE)
            content = file.read(most + 1)
    except FileNotFoundError:
        if path.is_symlink():
            raise Rejection("it is a broken symbolic link", _PUT_A_FILE) from None
        return None
    if len(content) > most:
        raise Rejection(f"it has more than {most >> 20} MiB", "remove it, or make it smaller")
    return content


def _too_much(name: str, what: str) -> FolderError:
    return FolderError([Problem(Position(name), "", f"it has {what}", "remove what does not belong there")])


@contextmanager
def _told_of(folder: Path, name: str, remedy: str) -> Iterator[None]:
    """Raise `FolderError` at the file or folder that the system refuses to read."""
    try:
        yield
    except OSError as error:
        below = os.path.relpath(error.filename or folder, folder)
        where = Position(name if below == "." else posixpath.normpath(f"{name}/{below}"))
        raise FolderError([Problem(where, "", f"cannot be read: {error.strerror}", remedy)]) from None


def _exists(folder: Path) -> bool:
    """Tell whether a folder exists. Unlike `Path.exists`, raise `OSError` if that is not known."""
    try:
        folder.lstat()
    except FileNotFoundError:
        return False
    return True


def _paths_below(folder: Path, name: str, most: int) -> list[Path]:
    """Return everything below a folder except folders. Raises `FolderError` and `OSError`."""
    found: list[Path] = []
    folders = [folder]
    number = 0
    while folders:
        for path in folders.pop().iterdir():
            (folders if path.is_dir() and not path.is_symlink() else found).append(path)
            number += 1
            if number > most:
                raise _too_much(name, f"more than {most:,} files and folders")
    return found


def _reasons_not_to_read(path: Path, folder: Path, name: str, within: Path) -> Iterator[Problem]:
    where = Position(f"{name}/{path.relative_to(folder).as_posix()}")
    target = Path(os.path.realpath(path))  # unlike `resolve`, it takes a link to itself
    if not target.is_relative_to(within):
        what = "it leads out of the catalogue's folder through a symbolic link"
        yield Problem(where, "", what, "put the file itself there")
    elif not target.exists():
        yield Problem(where, "", "it is a broken symbolic link", "put the file itself there")
    elif target.is_dir():
        yield Problem(where, "", "it is a symbolic link to a folder", "put the folder itself there")
