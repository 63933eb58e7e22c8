"""Runs `git` within limits of time and memory, and so that no file in a checkout can make it run a program.

A checkout may hold the layout of a bare repository, and settings and programs for git. Git takes such a folder for a
repository, and the settings of a repository name programs that git runs.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO, cast

from generator.errors import Position, Problem, Rejection, RevisionError

SECONDS = 60.0
"""Longer than git needs for an object of any repository. A pipe in place of one of git's files would never end."""

_LONGEST_COMPLAINT = 1 << 16
"""Bytes of what git says on stderr."""

ANOTHER = "name another revision with --base REV, or another catalogue with --base-file FILE"
"""The remedy if git's answer is too large or takes too long."""

LACKING = (
    "this clone lacks a part of it, and tfgen does not fetch it",
    "clone it again, without `--filter`",
)
"""What is wrong, and the remedy, where an object is not there."""

_PROGRAM = "git.exe" if os.name == "nt" else "git"

_OPTIONS = (
    *("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "safe.bareRepository=explicit"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor="),
    *("-c", "core.warnAmbiguousRefs=true"),
)
"""They override the repository's own settings. Source: git's documentation, "git" and "git-config"."""

_SET = {
    "GIT_NO_LAZY_FETCH": "1",  # git since 2.45, and some older ones, know it
    "GIT_ALLOW_PROTOCOL": "",  # any git then fetches by none of the ways that a repository may name
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # what git says is compared with `_REASONS`
}

_UNSET = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "IMPLICIT_WORK_TREE", "COMMON_DIR", "INDEX_FILE", "PREFIX", "INTERNAL_SUPER_PREFIX"),
        *("OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "SHALLOW_FILE", "REPLACE_REF_BASE", "NAMESPACE"),
    )
)
"""Git sets these for its hooks. With them, git would take any folder for the top of the work tree.

Source: `git rev-parse --local-env-vars`. The settings among them stay, because they belong to the user.
"""

_WITHOUT_GIT = "give --base-file FILE"

NOT_KNOWN = (
    "git does not know this commit",
    f"name a commit, a branch or a tag with --base REV, or {_WITHOUT_GIT}",
)
"""What is wrong, and the remedy, where a name is not that of a commit."""

_REASONS = (
    ("Needed a single revision", *NOT_KNOWN),
    (
        "is ambiguous",
        "git knows several refs with this name",
        "write the full name, such as refs/remotes/origin/main, or the full id of the commit",
    ),
    (
        "dubious ownership",
        "git does not read a repository that another user owns",
        "run `git config --global --add safe.directory` with the repository's folder, if you trust it",
    ),
    ("promisor remote", *LACKING),
)
"""Words of git, what they mean here, and the remedy."""


def ask(folder: Path, *arguments: str, most: int, questions: str = "") -> bytes:
    """Return git's answer in a folder of a checkout. `questions` are lines for its standard input.

    Raises `Rejection` if git refuses, answers with more than `most` bytes, or takes more than `SECONDS`. Raises
    `RevisionError` at a folder that git would take for a repository instead of the checkout.
    """
    _refuse_bare_repository(Path(os.path.realpath(folder)))
    command = [_program(), *_OPTIONS, *arguments]
    with TemporaryFile() as stdin, TemporaryFile() as stderr:
        stdin.write(questions.encode())
        stdin.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - no shell, and the caller keeps names from being options
                command, cwd=folder, env=_environment(), stdin=stdin, stdout=subprocess.PIPE, stderr=stderr
            )
        except OSError as error:
            raise Rejection(
                f"git cannot be run: {error.strerror}", f"install git, add its folder to PATH, or {_WITHOUT_GIT}"
            ) from None
        answer = _read(process, most)
        stderr.seek(0)
        said = stderr.read(_LONGEST_COMPLAINT).decode("utf-8", "replace")
    if process.returncode or "is ambiguous" in said:
        raise _refusal(said)
    return answer


def _refuse_bare_repository(folder: Path) -> None:
    """Raise `RevisionError` at a bare repository between a folder and the checkout that it is part of.

    Git refuses it too, since 2.38. Source of where git looks and what it takes for a repository: git's `setup.c`. Git
    never checks out a file or folder with the name `.git`.
    """
    for place in (folder, *folder.parents):
        if os.path.isfile(place / ".git") or _is_repository(place / ".git"):
            return
        if _is_repository(place):
            what = "this folder looks like a git repository, and its settings may name programs that git runs"
            remedy = "remove `HEAD` from it, and do not run git there before that"
            raise RevisionError([Problem(Position(_shown(place)), "", what, remedy)])


def _is_repository(folder: Path) -> bool:
    """Tell whether git may take a folder for a repository. Names alone count, and so do broken links."""
    common = os.path.lexists(folder / "commondir")
    parts = common or all(os.path.lexists(folder / name) for name in ("objects", "refs"))
    return parts and os.path.lexists(folder / "HEAD")


def _shown(folder: Path) -> str:
    here = Path.cwd()
    return (folder.relative_to(here) if folder.is_relative_to(here) else folder).as_posix()


def _program() -> str:
    """Return the git in PATH. Relative folders are left out: in the checkout, git may be any program."""
    folders = [folder for folder in os.get_exec_path() if os.path.isabs(folder)]
    programs = [os.path.join(folder, _PROGRAM) for folder in folders]
    for program in programs:
        if os.path.isfile(program) and os.access(program, os.X_OK):
            return program
    raise Rejection("no absolute folder in PATH holds git", f"install git, add its folder to PATH, or {_WITHOUT_GIT}")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _UNSET} | _SET


def _read(process: subprocess.Popen[bytes], most: int) -> bytes:
    """Return what a process prints, once it has ended."""
    is_late = Event()

    def end() -> None:
        is_late.set()
        process.kill()

    timer = Timer(SECONDS, end)
    timer.start()
    try:
        with process:
            answer = cast(IO[bytes], process.stdout).read(most + 1)
            if len(answer) > most:
                process.kill()
    finally:
        timer.cancel()
        timer.join()
    if len(answer) > most:
        raise Rejection(f"git's answer has more than {most >> 20} MiB", ANOTHER)
    if is_late.is_set():
        raise Rejection(f"git takes more than {SECONDS:.0f} seconds", ANOTHER)
    return answer


def _refusal(said: str) -> Rejection:
    for words, what, remedy in _REASONS:
        if words in said:
            return Rejection(what, remedy)
    reason = said.strip().removeprefix("fatal: ").splitlines() or ["it does not say why"]
    return Rejection(
        f"git fails: {reason[0]}", f"run tfgen within the repository that holds the catalogue, or {_WITHOUT_GIT}"
    )
