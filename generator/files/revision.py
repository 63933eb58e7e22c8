"""A folder as it was at a revision of git."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from generator.errors import Position, Problem, Rejection, RevisionError
from generator.files.git import ANOTHER, LACKING, NOT_KNOWN, ask

LONGEST_LISTING = 8 << 20
"""Bytes of a list of files: a hundred thousand files. A tree of a kilobyte can name more files than fit on a disk."""

LARGEST_FOLDER = 64 << 20
"""Bytes of all files that are read of a folder. A catalogue has at most 32 MiB, a template 1 MiB."""

_MOST_PATHS = 200
"""Paths that git is asked for at once. Windows takes 32,767 characters of a command.

Source: https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw
"""

_FILES = ("100644", "100755", "100664")
_LINK = "120000"
"""Modes of entries. Source: git's documentation, "gitformat-index" and "git-fast-import"."""


_NOT_THERE = "BAD"
"""What git writes instead of a size if it lacks the file. Source: git's `builtin/ls-tree.c`."""

_ANY_HEAD = "core.warnAmbiguousRefs=false"
"""Where a branch is called HEAD too, git takes the work tree's own. Source: git's documentation, "gitrevisions"."""

_CUT_OFF = (
    "this clone is shallow, and holds no commit that it has in common with HEAD",
    "run `git fetch --unshallow`, or set `fetch-depth: 0` where `actions/checkout` is used",
)
_UNRELATED = ("it has no commit in common with HEAD", ANOTHER)
"""What is wrong, and the remedy, if there is no merge base."""


class _Entry(NamedTuple):
    mode: str
    id: str
    size: int

    @property
    def heading(self) -> bytes:
        """What stands before the content. Source: git's documentation, "git-cat-file", "Batch output"."""
        return f"{self.id} blob {self.size}\n".encode()


@dataclass(frozen=True)
class Revision:
    """A revision as the user named it, in the repository that `folder` is part of."""

    name: str
    folder: Path

    @cached_property
    def commit(self) -> str:
        """The full id of the commit: a shorter one may be the name of a branch. Raises `RevisionError`."""
        commit = f"{self.name}^{{commit}}"
        found = self._git("rev-parse", "--verify", "--end-of-options", commit).decode().strip()
        if found.startswith("^"):  # `^main` is what a listing leaves out
            raise self._failure(*NOT_KNOWN)
        return found

    @cached_property
    def merge_base(self) -> str:
        """The full id of the last commit that the revision and `HEAD` have in common. Raises `RevisionError`.

        Source: git's documentation, "gitrevisions": `A...B` names both commits, and excludes their merge bases by `^`.
        """
        named = self._git("-c", _ANY_HEAD, "rev-parse", f"{self.commit}...HEAD").decode().split()
        common = next((commit[1:] for commit in named if commit.startswith("^")), None)
        if common is None:
            raise self._failure(*(_CUT_OFF if self._is_shallow else _UNRELATED))
        return common

    @property
    def _is_shallow(self) -> bool:
        return self._git("rev-parse", "--is-shallow-repository").strip() == b"true"

    def file(self, path: str) -> bytes | None:
        """Return a file of the folder, or nothing where the revision has none. Raises `RevisionError`."""
        return self.these_files([path]).get(path)

    def these_files(self, paths: Collection[str]) -> dict[str, bytes]:
        """Return those of some files of the folder that the revision has, by their paths. Raises `RevisionError`."""
        entries: dict[str, _Entry] = {}
        ordered = sorted(paths)
        for start in range(0, len(ordered), _MOST_PATHS):
            entries |= self._entries(*ordered[start : start + _MOST_PATHS])
        named = {name: entry for name, entry in entries.items() if name in paths}
        for name, entry in named.items():
            if entry.mode == _LINK:
                raise self._failure(f"{name} is a symbolic link there", "name the file that it leads to")
        return self._contents(named, posixpath.commonpath(ordered) or "the catalogue's folder")

    def files(self, path: str) -> dict[str, bytes]:
        """Return every file below a folder of this folder, by its path below that. Raises `RevisionError`.

        Links and submodules are not files.
        """
        entries = self._entries(f"{path}/", is_recursive=True)
        return self._contents({posixpath.relpath(name, path): entry for name, entry in entries.items()}, path)

    def direct_files(self, path: str, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
        """Return the files of a folder whose names are wanted, without those in its subfolders.

        Raises `RevisionError`.
        """
        entries = {posixpath.basename(name): entry for name, entry in self._entries(f"{path}/").items()}
        return self._contents({name: entry for name, entry in entries.items() if is_wanted(name)}, path)

    def _entries(self, *paths: str, is_recursive: bool = False) -> dict[str, _Entry]:
        """Return the file or link at each path; those in that folder, where it ends with a slash.

        Git would take a path that begins with a colon for an instruction to itself.
        """
        options = ["-r"] if is_recursive else []
        listing = self._git("ls-tree", "-l", "-z", *options, self.commit, "--", *(f"./{path}" for path in paths))
        found = {}
        for about, _, name in (entry.partition(b"\t") for entry in listing.split(b"\0") if entry):
            mode, kind, blob, size = about.decode().split()
            if size == _NOT_THERE:
                raise self._failure(*LACKING)
            if kind == "blob":
                found[name.decode("utf-8", "surrogateescape")] = _Entry(mode, blob, int(size))
        return found

    def _contents(self, entries: dict[str, _Entry], path: str) -> dict[str, bytes]:
        files = {name: entry for name, entry in entries.items() if entry.mode in _FILES}
        total = sum(len(entry.heading) + entry.size + len("\n") for entry in files.values())
        if total > LARGEST_FOLDER:
            what = f"{path} has more than {LARGEST_FOLDER >> 20} MiB there"
            raise self._failure(what, ANOTHER)
        if not files:
            return {}
        ids = "".join(f"{entry.id}\n" for entry in files.values())
        answer = BytesIO(self._git("cat-file", "--batch", most=total, questions=ids))
        return {name: self._content(answer, entry) for name, entry in files.items()}

    def _content(self, answer: BytesIO, entry: _Entry) -> bytes:
        if answer.readline() != entry.heading:
            raise self._failure(*LACKING)
        content = answer.read(entry.size)
        answer.readline()
        return content

    def _git(self, *arguments: str, most: int = LONGEST_LISTING, questions: str = "") -> bytes:
        try:
            return ask(self.folder, *arguments, most=most, questions=questions)
        except Rejection as reason:
            raise self._failure(reason.what, reason.remedy) from None

    def _failure(self, what: str, remedy: str) -> RevisionError:
        return RevisionError([Problem(Position(self.name), "", what, remedy)])
