"""tfgen in processes of its own; with strace, one that ends, fails or pauses at a system call of choice."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from tests.support.paths import ROOT
from tests.support.project import Result

MAIN = "from generator.cli import main; main()"
STRACE = shutil.which("strace")
PATIENCE = 120.0
"""Seconds after which a process is stuck."""

_NAMES = "open openat creat write fsync fdatasync chmod fchmod fchmodat rename renameat renameat2 unlink unlinkat mkdir"
_CALLS = ",".join(f"?{name}" for name in [*_NAMES.split(), "mkdirat", "link", "linkat", "symlink", "ftruncate"])
_WRITES = re.compile(r"O_CREAT|O_WRONLY|O_RDWR|O_TRUNC")
_RANDOM = re.compile(r"(?<=\.)\w+(?=\.tmp)|(?<=pipe:\[)\d+")


def _may_trace() -> bool:
    return STRACE is not None and subprocess.run([STRACE, "-o", os.devnull, "true"], check=False).returncode == 0


needs_strace = pytest.mark.skipif(
    STRACE is None or (os.environ.get("CI") != "true" and not _may_trace()),
    reason="there is no `strace` on the path, or it may not trace a process here",
)
"""Skips in CI only where the program is absent, and `.ci/run` installs it: that it may not trace fails there."""


def environment() -> dict[str, str]:
    """One in which nothing varies: each run makes the same system calls, once all bytecode is there."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}


def tfgen(*arguments: str, cwd: Path, program: str = MAIN, before: Sequence[str] = ()) -> Result:
    """Run a process to its end. `before` stands before the interpreter on the command line."""
    command = [*before, sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return Result(done.returncode, done.stdout, done.stderr)


def started(*arguments: str, cwd: Path, **variables: str) -> subprocess.Popen[bytes]:
    """Start a process in the caller's own environment, and let it run."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


# --- system calls


@dataclass(frozen=True)
class Call:
    """A system call as strace prints it, and the how manieth of its name it is."""

    name: str
    ordinal: int
    text: str

    def is_change_in(self, folder: str) -> bool:
        """Tell whether it may change something in a folder, rather than open a file of it to read."""
        what = self.text.partition(', "')[0] if self.name == "write" else self.text  # what is written may be anything
        within = re.search(rf'(?<![\w-]){re.escape(folder)}(?=[/.">])', what) is not None
        return within and (not self.name.startswith("open") or _WRITES.search(what) is not None)


def calls(*arguments: str, cwd: Path) -> list[Call]:
    """Run tfgen, and return the system calls by which it opened and changed files."""
    _write_bytecode(arguments, cwd)
    with _trace() as trace:
        assert tfgen(*arguments, cwd=cwd, before=_strace(trace)).exit_code == 0
        return _read(trace)


_warm: set[tuple[tuple[str, ...], bool]] = set()


def _write_bytecode(arguments: tuple[str, ...], cwd: Path) -> None:
    """Run the command once elsewhere: in the first run of all, Python opens other files than in the second."""
    kind = (arguments, (cwd / "templates").is_dir())
    if kind not in _warm:
        with tempfile.TemporaryDirectory() as folder:
            tfgen(*arguments, cwd=Path(shutil.copytree(cwd, Path(folder, "project"), symlinks=True)))
        _warm.add(kind)


def changes(made: Sequence[Call], folder: str) -> list[Call]:
    """Return the calls that may change something in a folder, and the one that tells the first word about it."""
    first = next(index for index, call in enumerate(made) if call.is_change_in(folder))
    told = next(call for call in made[first:] if call.text.startswith("write(2<"))
    return [*(call for call in made if call.is_change_in(folder)), told]


def killed_at(call: Call, *arguments: str, cwd: Path) -> None:
    """Run tfgen until a call, and kill it there: the call has no effect, and neither has any cleaning up."""
    with _trace() as trace:
        ended = tfgen(*arguments, cwd=cwd, before=_strace(trace, call, "signal=KILL"))
        assert ended.exit_code == -signal.SIGKILL, ended.stderr
        assert _read(trace)[-1] == call


def failed_at(call: Call, error: str, *arguments: str, cwd: Path) -> Result:
    """Run tfgen, and let a call of it fail."""
    with _trace() as trace:
        result = tfgen(*arguments, cwd=cwd, before=_strace(trace, call, f"error={error}"))
        assert call in _read(trace)
        return result


def paused_behind(call: Call, meanwhile: Callable[[], object], *arguments: str, cwd: Path) -> Result:
    """Run tfgen until a call has been made, do something else meanwhile, and let it run on to its end."""
    with _trace() as trace:
        command = [*_strace(trace, call, "signal=STOP"), sys.executable, "-c", MAIN, *arguments]
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            _await_pause(process, trace)
            meanwhile()
            os.killpg(process.pid, signal.SIGCONT)
            stdout, stderr = process.communicate(timeout=PATIENCE)
            assert call in _read(trace)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return Result(process.returncode, stdout, stderr)


def _await_pause(process: subprocess.Popen[str], trace: Path) -> None:
    end = time.monotonic() + PATIENCE
    while "--- stopped by SIGSTOP ---" not in trace.read_text(encoding="utf-8"):
        assert process.poll() is None, "the call was not made"
        assert time.monotonic() < end, "tfgen is stuck"
        time.sleep(0.002)


@contextlib.contextmanager
def _trace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "trace")
        path.touch()
        yield path


def _strace(trace: Path, call: Call | None = None, what: str = "") -> list[str]:
    assert STRACE is not None, "only a test that is marked with needs_strace may come here"
    inject = ["-e", f"inject={call.name}:{what}:when={call.ordinal}"] if call else []
    return [STRACE, "-y", "-o", str(trace), "-e", f"trace={_CALLS}", *inject]


def _read(trace: Path) -> list[Call]:
    """Return a trace without results, which a killed call has none of, and without what is random."""
    found: list[Call] = []
    counted: Counter[str] = Counter()
    for line in trace.read_text(encoding="utf-8").splitlines():
        if name := re.match(r"\w+(?=\()", line):
            counted[name[0]] += 1
            text = _RANDOM.sub("*", re.split(r"\) += ", line)[0])
            found.append(Call(name[0], counted[name[0]], text))
    return found


# --- one process for many runs


_WORKER = """
import contextlib, io, json, sys
from generator import cli
for line in sys.stdin:
    sys.argv = ["tfgen", *json.loads(line)]
    with contextlib.redirect_stderr(io.StringIO()) as stderr:
        code = cli._run()
    print(json.dumps([code, "", stderr.getvalue()]), flush=True)
"""


class Worker:
    """A process that runs tfgen again and again, so that two of them do meet. A traceback ends it."""

    def __init__(self, cwd: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WORKER],
            cwd=cwd,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def start(self, *arguments: str) -> None:
        stream = _there(self._process.stdin)
        stream.write(json.dumps(arguments) + "\n")
        stream.flush()

    def result(self) -> Result:
        line = _there(self._process.stdout).readline()
        assert line, "tfgen ended with a traceback"
        return Result(*json.loads(line))

    def run(self, *arguments: str) -> Result:
        self.start(*arguments)
        return self.result()


def _there(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
