"""The only module that writes for the user: whole files or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.errors import FolderError, Position, Problem, UnmanagedError, changed, file_in
from generator.files.drift import FileComparison, State, render_command
from generator.files.folder import read_folder

_NEW_FILE_MODE = 0o644


def write(
    folder: Path, folder_name: str, comparisons: Iterable[FileComparison], adopt: bool, arguments: Sequence[str] = ()
) -> list[FileComparison]:
    """Bring a module's folder to what was rendered, and return what was changed.

    A file without the generated header is left alone, and nothing is written at all, unless `adopt` is true. Orphaned
    files are removed. `arguments` are the options that say which catalogue is meant. Raises `UnmanagedError`, and
    `FolderError`, also where a file is no longer the one that was compared.
    """
    comparisons = list(comparisons)
    changes = [comparison for comparison in comparisons if comparison.state is not State.SAME]
    unmanaged = [change for change in changes if change.state is State.UNMANAGED]
    if unmanaged and not adopt:
        raise UnmanagedError([_refusal(folder_name, change, arguments) for change in unmanaged])
    remedy = "move it away, or set `module.path` to another folder"
    _refuse_obstacles({file_in(folder_name, change.name): folder / change.name for change in changes}, remedy)
    try:
        _apply(folder, changes, lambda: _confirm(folder, folder_name, comparisons))
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        remedy = "set `module.path` to a folder that tfgen may write to"
        raise FolderError([Problem(Position(folder_name), "", what, remedy)]) from None
    return changes


def write_document(path: Path, text: str) -> None:
    """Write a file of text whole, in place of a file that stands there. Raises `FolderError`.

    A device, such as `/dev/null`, or a pipe that somebody reads is written to: nothing may take its place.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            _write_into(path, text.encode())
            return
        _refuse_obstacles({str(path): path}, "name a file, or a path for a new file")
        temporary = _temporary_file(path, text)
        try:
            os.replace(temporary, path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise FolderError([Problem(Position(str(path)), "", what, "name a file that tfgen may write")]) from None


def _write_into(path: Path, content: bytes) -> None:
    """Write into a device or pipe. Does not wait for a reader: raises `OSError` if a pipe has none."""
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "wb") as file:
        os.set_blocking(descriptor, True)
        file.write(content)


def _refusal(folder_name: str, change: FileComparison, arguments: Sequence[str]) -> Problem:
    where = Position(file_in(folder_name, change.name), 1, 1)
    what = "its first line does not say that tfgen generates it from this catalogue, so it is not overwritten"
    return Problem(where, "", what, f"move it away, or take it over with `{render_command(arguments, adopt=True)}`")


def _refuse_obstacles(paths: Mapping[str, Path], remedy: str) -> None:
    obstacles = [obstacle for name, path in paths.items() for obstacle in _obstacles(name, path, remedy)]
    if obstacles:
        raise FolderError(obstacles)


def _obstacles(name: str, path: Path, remedy: str) -> Iterator[Problem]:
    """Yield what may not be replaced: a folder, a pipe, a device, or a symbolic link.

    A link is somebody's decision about where the text should be, so neither the link nor its target is replaced.
    """
    where = Position(name)
    if path.is_symlink():
        yield Problem(where, "", "cannot be written: it is a symbolic link", "put a file in its place, or remove it")
    elif path.is_dir():
        yield Problem(where, "", "cannot be written: Is a directory", remedy)
    elif path.exists() and not path.is_file():
        yield Problem(where, "", "cannot be written: it is not a file", remedy)


def _confirm(folder: Path, folder_name: str, comparisons: list[FileComparison]) -> None:
    """Raise `FolderError` if a file was written after it was compared, unless another render wrote the same text."""
    on_disk = read_folder(folder, folder_name, {one.name for one in comparisons})
    others = [comparison.name for comparison in comparisons if not comparison.holds_for(on_disk.get(comparison.name))]
    if others:
        raise FolderError([changed(file_in(folder_name, name)) for name in others])


def _apply(folder: Path, changes: list[FileComparison], confirm: Callable[[], None]) -> None:
    """Write every new content to disk, under a temporary name, before the first file is replaced.

    `confirm` comes right before that, and raises where nothing may be replaced.
    """
    if not changes:
        return
    folder.mkdir(parents=True, exist_ok=True)
    ready: list[tuple[str, Path]] = []
    try:
        for change in changes:
            if change.rendered is not None:
                target = folder / change.name
                ready.append((_temporary_file(target, change.rendered), target))
        confirm()
        for temporary, target in ready:
            os.replace(temporary, target)
        for change in changes:
            if change.rendered is None:
                (folder / change.name).unlink(missing_ok=True)  # another render may have removed it
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
