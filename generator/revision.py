"""A folder as it was at a revision of git. Runs `git`, and reads nothing but its objects."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.errors import Position, Problem, RevisionError


@dataclass(frozen=True)
class Revision:
    """A revision as the user named it, in the repository that `folder` is part of."""

    name: str
    folder: Path

    def file(self, path: str) -> bytes | None:
        """Return a file of the folder, or nothing where the revision has none. Raises `RevisionError`."""
        return self._git("cat-file", "blob", f"{self._commit}:./{path}") if path in self._paths(path) else None

    def files(self, path: str) -> dict[str, bytes]:
        """Return every file below a folder of this folder, by its path below that. Raises `RevisionError`."""
        found = [name for name in self._paths(f"{path}/") if name.startswith(f"{path}/")]
        return {
            name.removeprefix(f"{path}/"): self._git("cat-file", "blob", f"{self._commit}:./{name}") for name in found
        }

    @cached_property
    def _commit(self) -> str:
        return self._git("rev-parse", "--verify", "--end-of-options", f"{self.name}^{{commit}}").decode().strip()

    def _paths(self, path: str) -> list[str]:
        listing = self._git("ls-tree", "-r", "-z", "--name-only", self._commit, "--", path)
        return [name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name]

    def _git(self, *arguments: str) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and a revision cannot be an option
                ["git", *arguments],  # noqa: S607 - the user's own git
                cwd=self.folder,
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
        reason = said.strip().removeprefix("fatal: ").splitlines() or ["it does not say why"]
        return self._failure(f"git fails: {reason[0]}", "run tfgen within the repository that holds the catalogue")

    def _failure(self, what: str, remedy: str) -> RevisionError:
        return RevisionError([Problem(Position(self.name), "", what, remedy)])
