"""A real repository of git, for what reads older commits."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

_IDENTITY = {
    f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", "a"), ("EMAIL", "a@b"))
}


class Repository:
    """A repository whose work tree is a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit_index(self) -> None:
        """Commit what is staged alone."""
        self.git("commit", "--quiet", "--message=x")

    def commit(self, **files: str | bytes) -> str:
        """Commit whatever there is, and return the commit's name."""
        for name, content in files.items():
            self.write(name, content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def git_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git as on a fresh machine: nobody's settings, and no repository around the test's folder."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name, value in _IDENTITY.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path: Path, git_of_its_own: None) -> Repository:
    return Repository(tmp_path)
