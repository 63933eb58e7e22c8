"""Rendered files against those on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from generator.errors import file_in, merge_conflict
from generator.files.diff import Hunk, hunks
from generator.files.folder import Files
from generator.rendering.render import GeneratedFile

_NO_NEWLINE = "\n\\ No newline at end of file"


class State(Enum):
    """How a file on disk compares with what the catalogue renders."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    ORPHANED = "orphaned"
    UNMANAGED = "unmanaged"
    LINE_ENDINGS = "line endings"


class FileComparison(NamedTuple):
    """One file: what is on disk, what would be written. `None` where there is none."""

    name: str
    state: State
    on_disk: str | None
    rendered: str | None

    def holds_for(self, content: bytes | None) -> bool:
        """Tell whether a file's content is the one that was compared, or already the one to write."""
        return (None if content is None else _text(content)) in (self.on_disk, self.rendered)

    def diff(self, folder_name: str) -> list[str]:
        """Return what a render would change as the lines of a unified diff, without their line ends.

        Line endings are left out, since a diff cannot show them.
        """
        path = file_in(folder_name, self.name)
        old = f"a/{path}" if self.on_disk is not None else "/dev/null"
        new = f"b/{path}" if self.rendered is not None else "/dev/null"
        found = [*hunks(_lines(self.on_disk), _lines(self.rendered))]
        lines = [line for hunk in found for line in (_heading(hunk), *hunk.lines)]
        return [part for line in [f"--- {old}", f"+++ {new}", *lines] for part in _ended(line)] if found else []

    @property
    def holds_conflict(self) -> bool:
        """Whether git has left both sides of a merge in the file on disk."""
        return merge_conflict(self.name, self.on_disk or "") is not None

    def first_line(self) -> int:
        """Return the first line on disk that differs, counted from 1."""
        before, after = _lines(self.on_disk), _lines(self.rendered)
        pairs = enumerate(zip(before, after, strict=False), start=1)
        differing = next((number for number, (old, new) in pairs if old != new), min(len(before), len(after)) + 1)
        return max(1, min(differing, len(before)))


def _lines(text: str | None) -> list[str]:
    """Split at line feeds only, as git does. If the last line has no line feed, a mark is added to it."""
    if not text:
        return []
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], lines[-1] + _NO_NEWLINE]


def _heading(hunk: Hunk) -> str:
    old, new = len(hunk.lines) - hunk.count("+"), len(hunk.lines) - hunk.count("-")
    return f"@@ -{_range(hunk.old_from, old)} +{_range(hunk.new_from, new)} @@"


def _range(start: int, length: int) -> str:
    """Return a range of lines as a unified diff writes it: one line by its number, no line by the line before."""
    return f"{start + 1}" if length == 1 else f"{start + bool(length)},{length}"


def _ended(line: str) -> list[str]:
    return [line.removesuffix(_NO_NEWLINE), _NO_NEWLINE.strip()] if line.endswith(_NO_NEWLINE) else [line]


def compare(files: Iterable[GeneratedFile], on_disk: Files, header: str) -> list[FileComparison]:
    """Compare the rendered files with a folder. The first line of a file says whether it belongs to this catalogue."""
    rendered = {file.name: file.text for file in files}
    found = [_compared(name, text, on_disk.get(name), header) for name, text in rendered.items()]
    orphans = [name for name, content in on_disk.items() if name not in rendered and _is_ours(content, header)]
    return [*found, *(FileComparison(name, State.ORPHANED, _text(on_disk[name]), None) for name in orphans)]


def render_command(arguments: Sequence[str], adopt: bool) -> str:
    """Return the command that updates the files on disk; `arguments` say which catalogue."""
    import shlex

    return shlex.join(["tfgen", "render", *arguments, *(["--adopt"] if adopt else [])])


def companions(on_disk: Files, generated: Collection[str], header: str) -> Files:
    """Return the files that people write beside the generated ones, of which those in `generated` have the names."""
    return {
        name: content for name, content in on_disk.items() if name not in generated and not _is_ours(content, header)
    }


def _compared(name: str, rendered: str, content: bytes | None, header: str) -> FileComparison:
    if content is None:
        return FileComparison(name, State.MISSING, None, rendered)
    return FileComparison(name, _state(rendered.encode(), content, header), _text(content), rendered)


def _state(rendered: bytes, content: bytes, header: str) -> State:
    if content == rendered:
        return State.SAME
    if not _is_ours(content, header):
        return State.UNMANAGED
    if content.replace(b"\r\n", b"\n") == rendered:
        return State.LINE_ENDINGS
    return State.CHANGED


def _is_ours(content: bytes, header: str) -> bool:
    first_line, _, _ = content.partition(b"\n")
    return first_line.rstrip(b"\r").removeprefix(b"\xef\xbb\xbf") == header.encode()


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
