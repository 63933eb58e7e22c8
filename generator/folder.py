"""The folders that a catalogue works with, as they are on disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import FolderError, Position, Problem

Files = dict[str, bytes]
"""File name to content; in a folder of folders, the path below it."""

MAX_BYTES = 1 << 20
"""Size of a file that is read as a template: a hundred times that of the largest."""

TERRAFORM_SUFFIXES = (".tf", ".tf.json")


_OVERRIDE = re.compile(r"(.*_)?override\.tf(\.json)?")


def is_override(name: str) -> bool:
    """Tell whether Terraform merges a file over blocks of others, so that what it declares is declared elsewhere."""
    return _OVERRIDE.fullmatch(name) is not None


def _is_terraforms(name: str) -> bool:
    """Terraform passes over hidden files, whatever their ending."""
    return name.endswith(TERRAFORM_SUFFIXES) and not name.startswith(".")


def only_terraforms(files: Files) -> Files:
    """Return those files that Terraform reads as the module of their folder."""
    return {name: content for name, content in files.items() if "/" not in name and _is_terraforms(name)}


def read_folder(folder: Path, name: str) -> Files:
    """Return the Terraform files of a folder; none where it does not exist. `name` is what messages call it.

    Raises `FolderError`.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if _is_terraforms(path.name))
        return {path.name: path.read_bytes() for path in paths if path.is_file()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        remedy = "let `module.path` name a folder that tfgen may read"
        raise FolderError([Problem(Position(name), "", what, remedy)]) from None


def refuse_links(folder: Path, name: str, files: Iterable[str]) -> None:
    """Raise `FolderError` where one of a folder's files is a symbolic link, to whatever text and for whatever reason.

    What is compared is shown, and a link may lead to a text that its author could not read.
    """
    links = [file for file in files if (folder / file).is_symlink()]
    if links:
        remedy = "put a file in its place, or remove it"
        raise FolderError([Problem(Position(f"{name}/{file}"), "", "it is a symbolic link", remedy) for file in links])


def read_tree(folder: Path, name: str, within: Path) -> Files:
    """Return every file below a folder; none where it does not exist. `name` is what messages call it.

    Raises `FolderError`, also where a symbolic link leads out of the folder `within`, or a file is too large.
    """
    try:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        top = within.resolve()
        problems = [problem for path in paths for problem in _reasons_not_to_read(path, folder, name, top)]
        if problems:
            raise FolderError(problems)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise FolderError([Problem(Position(name), "", what, "let tfgen read the folder, or move it away")]) from None


def _reasons_not_to_read(path: Path, folder: Path, name: str, within: Path) -> Iterator[Problem]:
    where = Position(f"{name}/{path.relative_to(folder).as_posix()}")
    if not path.resolve().is_relative_to(within):
        what = "it leads out of the catalogue's folder through a symbolic link"
        yield Problem(where, "", what, "put the file itself there")
    elif path.stat().st_size > MAX_BYTES:
        yield Problem(where, "", f"it has more than {MAX_BYTES >> 20} MiB", "remove it, or make it smaller")
