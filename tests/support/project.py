"""tfgen run in this process, and a folder with a catalogue in which it runs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from generator import cli
from tests.support.rendering import CATALOGUE


@dataclass(frozen=True)
class Result:
    """What a run of tfgen leaves behind for its caller."""

    exit_code: int
    stdout: str
    stderr: str


class RunTfgen(Protocol):
    """Runs tfgen with arguments, as a shell in the folder `cwd` would."""

    def __call__(self, *arguments: str, cwd: Path) -> Result: ...


UP_TO_DATE = Result(0, "", "out is up to date\n")


class Project:
    """A folder with a catalogue, in which tfgen runs."""

    def __init__(self, root: Path, run_tfgen: RunTfgen) -> None:
        self.root = root
        self.out = root / "out"
        self.main = self.out / "main.tf"
        self.outputs = self.out / "outputs.tf"
        self._run_tfgen = run_tfgen
        self.says(CATALOGUE)

    def says(self, catalogue: str) -> None:
        (self.root / "services.yaml").write_text(catalogue, encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        return self._run_tfgen(*arguments, cwd=self.root)

    def rendered(self) -> Project:
        assert self.run("render").exit_code == 0
        return self

    def contents(self) -> dict[str, tuple[bytes, int]]:
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def run_tfgen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> RunTfgen:
    def run(*arguments: str, cwd: Path) -> Result:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            patch.setattr(sys, "argv", ["tfgen", *arguments])
            exit_code = cli._run()
        return Result(exit_code, *capsys.readouterr())

    return run


@pytest.fixture
def project(tmp_path: Path, run_tfgen: RunTfgen) -> Project:
    return Project(tmp_path, run_tfgen)
