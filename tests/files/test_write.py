"""Whole files or nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import FolderError, UnmanagedError
from generator.files.drift import FileComparison, State
from generator.files.write import write, write_document

CHANGED = FileComparison("main.tf", State.CHANGED, "old\n", "new\n")
ALSO_CHANGED = FileComparison("outputs.tf", State.CHANGED, "old\n", "new\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("main.tf", "outputs.tf", "variables.tf"):
        (tmp_path / name).write_bytes(b"old\n")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_changed_is_written_and_told(folder: Path) -> None:
    same = FileComparison("outputs.tf", State.SAME, "old\n", "old\n")
    assert write(folder, "out", [CHANGED, same], adopt=False) == [CHANGED]
    assert contents(folder) == {"main.tf": b"new\n", "outputs.tf": b"old\n", "variables.tf": b"old\n"}


def test_where_nothing_changed_nothing_is_touched(folder: Path) -> None:
    before = (folder / "main.tf").stat()
    same = FileComparison("main.tf", State.SAME, "old\n", "old\n")
    assert write(folder, "out", [same], adopt=False) == []
    assert (folder / "main.tf").stat() == before


def test_where_nothing_changed_no_folder_is_made(tmp_path: Path) -> None:
    write(tmp_path / "out", "out", [], adopt=False)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    missing = FileComparison("main.tf", State.MISSING, None, "new\n")
    write(tmp_path / "a" / "b", "a/b", [missing], adopt=False)
    assert contents(tmp_path / "a" / "b") == {"main.tf": b"new\n"}


def test_an_orphan_is_removed(folder: Path) -> None:
    orphan = FileComparison("variables.tf", State.ORPHANED, "old\n", None)
    assert write(folder, "out", [orphan], adopt=False) == [orphan]
    assert "variables.tf" not in contents(folder)


def test_line_endings_are_mended(folder: Path) -> None:
    (folder / "main.tf").write_bytes(b"new\r\n")
    write(folder, "out", [FileComparison("main.tf", State.LINE_ENDINGS, "new\r\n", "new\n")], adopt=False)
    assert contents(folder)["main.tf"] == b"new\n"


def test_text_is_written_in_utf_8(folder: Path) -> None:
    write(folder, "out", [FileComparison("main.tf", State.CHANGED, "old\n", "é日\U0001f600\n")], adopt=False)
    assert contents(folder)["main.tf"].decode("utf-8") == "é日\U0001f600\n"


def test_an_unmanaged_file_keeps_everything_as_it_is(folder: Path) -> None:
    before = contents(folder)
    unmanaged = FileComparison("outputs.tf", State.UNMANAGED, "old\n", "new\n")
    with pytest.raises(UnmanagedError, match=r"out/outputs\.tf:1:1: .*--adopt"):
        write(folder, "out", [CHANGED, unmanaged], adopt=False)
    assert contents(folder) == before


def test_an_unmanaged_file_is_taken_over_on_demand(folder: Path) -> None:
    unmanaged = FileComparison("outputs.tf", State.UNMANAGED, "old\n", "new\n")
    assert write(folder, "out", [unmanaged], adopt=True) == [unmanaged]
    assert contents(folder)["outputs.tf"] == b"new\n"


def test_a_file_keeps_its_mode_and_a_new_one_is_readable_by_all(folder: Path) -> None:
    (folder / "main.tf").chmod(0o600)
    write(folder, "out", [CHANGED, FileComparison("new.tf", State.MISSING, None, "new\n")], adopt=False)
    modes = {name: stat.S_IMODE((folder / name).stat().st_mode) for name in ("main.tf", "new.tf")}
    assert modes == {"main.tf": 0o600, "new.tf": 0o644}


def failing(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("function", ["replace", "fsync", "chmod"])
def test_a_failed_write_leaves_what_was_there_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    before = contents(folder)
    monkeypatch.setattr(os, function, failing)
    with pytest.raises(FolderError, match="out: cannot be written: No space left on device"):
        write(folder, "out", [CHANGED, ALSO_CHANGED], adopt=False)
    assert contents(folder) == before


def test_every_content_is_ready_before_the_first_file_is_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    monkeypatch.setattr(os, "fsync", after(1, os.fsync, failing))
    with pytest.raises(FolderError):
        write(folder, "out", [CHANGED, ALSO_CHANGED], adopt=False)
    assert contents(folder) == before


def test_a_write_that_fails_half_way_leaves_each_file_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", after(1, os.replace, failing))
    with pytest.raises(FolderError):
        write(folder, "out", [CHANGED, ALSO_CHANGED], adopt=False)
    assert contents(folder) == {"main.tf": b"new\n", "outputs.tf": b"old\n", "variables.tf": b"old\n"}


def test_an_interruption_leaves_no_temporary_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before = contents(folder)
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(folder, "out", [CHANGED], adopt=False)
    assert contents(folder) == before


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file\n")
    with pytest.raises(FolderError, match="out: cannot be written"):
        write(tmp_path / "out", "out", [CHANGED], adopt=False)


def after(calls: int, works: Callable[..., object], fails: Callable[..., object]) -> Callable[..., object]:
    """Return a function that works a few times, and then fails."""
    made: list[None] = []

    def function(*arguments: object, **named: object) -> object:
        made.append(None)
        return (works if len(made) <= calls else fails)(*arguments, **named)

    return function


def test_a_document_takes_the_place_of_a_file_and_keeps_its_mode(folder: Path) -> None:
    (folder / "main.tf").chmod(0o640)
    write_document(folder / "main.tf", "new\n")
    assert contents(folder) == {"main.tf": b"new\n", "outputs.tf": b"old\n", "variables.tf": b"old\n"}
    assert stat.S_IMODE((folder / "main.tf").stat().st_mode) == 0o640


def test_a_document_goes_into_a_pipe_which_stays_one(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_document(pipe, "new\n")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert os.read(reader, 10) == b"new\n"
    os.close(reader)


def test_a_pipe_that_nobody_reads_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(FolderError, match="cannot be written: No such device or address"):
        write_document(folder / "pipe", "new\n")


def test_a_document_never_takes_the_place_of_a_folder(folder: Path) -> None:
    (folder / "folder").mkdir()
    with pytest.raises(FolderError, match="Is a directory"):
        write_document(folder / "folder", "new\n")
    assert sorted(path.name for path in folder.iterdir()) == ["folder", "main.tf", "outputs.tf", "variables.tf"]
