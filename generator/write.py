"""The only module that writes: whole files or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.drift import Comparison, State, render_command
from generator.errors import FolderError, Position, Problem, UnmanagedError

_NEW_FILE_MODE = 0o644


def write(
    folder: Path, folder_name: str, comparisons: Iterable[Comparison], adopt: bool, arguments: Sequence[str] = ()
) -> list[Comparison]:
    """Bring a module's folder to what was rendered, and return what was changed.

    A file without the generated header is left alone, and nothing is written at all, unless `adopt` is true. Orphaned
    files are removed. `arguments` are the options that say which catalogue is meant. Raises `UnmanagedError`,
    `FolderError`.
    """
    changes = [comparison for comparison in comparisons if comparison.state is not State.SAME]
    unmanaged = [change for change in changes if change.state is State.UNMANAGED]
    if unmanaged and not adopt:
        raise UnmanagedError([_refusal(folder_name, change, arguments) for change in unmanaged])
    obstacles = [obstacle for change in changes for obstacle in _obstacles(folder, folder_name, change.name)]
    if obstacles:
        raise FolderError(obstacles)
    try:
        _apply(folder, changes)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        remedy = "let `module.path` name a folder that tfgen may write to"
        raise FolderError([Problem(Position(folder_name), "", what, remedy)]) from None
    return changes


def write_document(path: Path, text: str) -> None:
    """Write a file of text whole, in place of what stands there. Raises `FolderError`.

    A pipe or a device, such as `/dev/null`, is written to as a shell does: nothing may take its place.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(text.encode())
        else:
            os.replace(_temporary_file(path, text), path)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise FolderError([Problem(Position(str(path)), "", what, "name a file that tfgen may write")]) from None


def _refusal(folder_name: str, change: Comparison, arguments: Sequence[str]) -> Problem:
    where = Position(f"{folder_name}/{change.name}", 1, 1)
    what = "its first line does not say that tfgen generates it from this catalogue, so it is not overwritten"
    return Problem(where, "", what, f"move it away, or take it over with `{render_command(arguments, adopt=True)}`")


def _obstacles(folder: Path, folder_name: str, name: str) -> Iterator[Problem]:
    """A link is somebody's decision where the text should be: neither it nor what it leads to is replaced."""
    where, path = Position(f"{folder_name}/{name}"), folder / name
    if path.is_symlink():
        yield Problem(where, "", "cannot be written: it is a symbolic link", "put a file in its place, or remove it")
    elif path.is_dir():
        remedy = "move it away, or let `module.path` name another folder"
        yield Problem(where, "", "cannot be written: Is a directory", remedy)


def _apply(folder: Path, changes: list[Comparison]) -> None:
    """Every new content is safe on disk, under a temporary name, before the first file is replaced."""
    if not changes:
        return
    folder.mkdir(parents=True, exist_ok=True)
    ready: list[tuple[str, Path]] = []
    try:
        for change in changes:
            if change.rendered is not None:
                target = folder / change.name
                ready.append((_temporary_file(target, change.rendered), target))
        for temporary, target in ready:
            os.replace(temporary, target)
        for change in changes:
            if change.rendered is None:
                (folder / change.name).unlink()
    finally:
        for temporary, _ in ready:
            Path(temporary).unlink(missing_ok=True)
    _sync_folder(folder)


def _temporary_file(target: Path, text: str) -> str:
    mode = target.stat().st_mode & 0o777 if target.exists() else _NEW_FILE_MODE
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return name


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
