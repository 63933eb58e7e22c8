"""What the tests share: tfgen run in this process, and the option that accepts new golden files."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from generator import cli

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


@dataclass(frozen=True)
class Result:
    """What a run of tfgen leaves behind for its caller."""

    exit_code: int
    stdout: str
    stderr: str


class RunTfgen(Protocol):
    """Runs tfgen with arguments, as a shell in the folder `cwd` would."""

    def __call__(self, *arguments: str, cwd: Path) -> Result: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Accept what tfgen writes now as the golden files.")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI") == "true":
        raise pytest.UsageError("--update-golden is refused in CI: golden files change with a commit, not with a run")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


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
