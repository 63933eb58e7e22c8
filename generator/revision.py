"""A folder as it was at a revision of git. Runs `git`, and reads nothing but its objects."""

from __future__ import annotations

import os
import posixpath
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.errors import Position, Problem, RevisionError

_FILES = ("100644", "100755", "100664")
_LINK = "120000"
"""Modes of entries. Source: git's documentation, "gitformat-index" and "git-fast-import"."""

_ABBREVIATED = 12
"""Characters of an id. How many git itself takes depends on how many objects a repository has."""


@dataclass(frozen=True)
class Revision:
    """A revision as the user named it, in the repository that `folder` is part of."""

    name: str
    folder: Path

    @property
    def commit(self) -> str:
        """The beginning of the commit's id, for when the name means another commit. Raises `RevisionError`."""
        return self._commit[:_ABBREVIATED]

    def file(self, path: str) -> bytes | None:
        """Return a file of the folder, or nothing where the revision has none. Raises `RevisionError`."""
        mode, blob = self._entries(path).get(path, ("", ""))
        if mode == _LINK:
            raise self._failure(f"{path} is a symbolic link there", "name the file that it leads to")
        return self._git("cat-file", "blob", blob) if mode in _FILES else None

    def files(self, path: str) -> dict[str, bytes]:
        """Return every file below a folder of this folder, by its path below that. Raises `RevisionError`.

        Links and submodules are no files.
        """
        folder = posixpath.normpath(path)
        prefix = "" if folder == "." else f"{folder}/"
        return {
            name.removeprefix(prefix): self._git("cat-file", "blob", blob)
            for name, (mode, blob) in self._entries(folder).items()
            if mode in _FILES and name.startswith(prefix)
        }

    @cached_property
    def _commit(self) -> str:
        return self._git("rev-parse", "--verify", "--end-of-options", f"{self.name}^{{commit}}").decode().strip()

    def _entries(self, path: str) -> dict[str, tuple[str, str]]:
        """Return mode and object of each entry at a path or below it."""
        listing = self._git("--literal-pathspecs", "ls-tree", "-r", "-z", self._commit, "--", path)
        entries = [entry.partition(b"\t") for entry in listing.split(b"\0") if entry]
        found = {}
        for about, _, name in entries:
            mode, _, blob = about.decode().split()
            found[name.decode("utf-8", "surrogateescape")] = (mode, blob)
        return found

    def _git(self, *arguments: str) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and a revision cannot be an option
                ["git", *arguments],  # noqa: S607 - the user's own git
                cwd=self.folder,
                env=_environment(),
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise self._failure(f"git cannot be run: {error.strerror}", "install git, or put it on the path") from None
        if done.returncode:
            raise self._refusal(done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def _refusal(self, said: str) -> RevisionError:
        if "Needed a single revision" in said:
            return self._failure("git knows no such commit", "name a commit, a branch or a tag with --base REV")
        if "dubious ownership" in said:
            remedy = "run `git config --global --add safe.directory` with the repository's folder, if you trust it"
            return self._failure("git does not read a repository that belongs to somebody else", remedy)
        reason = said.strip().removeprefix("fatal: ").splitlines() or ["it does not say why"]
        return self._failure(f"git fails: {reason[0]}", "run tfgen within the repository that holds the catalogue")

    def _failure(self, what: str, remedy: str) -> RevisionError:
        return RevisionError([Problem(Position(self.name), "", what, remedy)])


def _environment() -> dict[str, str]:
    """Git tells its hooks where they run, and would take this folder for the top; its messages are read in English."""
    told_to_hooks = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    return {name: value for name, value in os.environ.items() if name not in told_to_hooks} | {"LC_ALL": "C"}
