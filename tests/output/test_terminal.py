"""What reaches a terminal is tfgen's own: no input, whoever wrote it, moves a cursor or hides a line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.processes import MAIN
from tests.support.pseudo_terminal import session
from tests.support.rendering import CATALOGUE
from tests.support.repository import Repository

HOSTILE = "a\x1b]0;owned\x07\x1b[2J\x7f\x9b2J\u202e\u2066b"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
"""tfgen's own; no input holds one."""

COMMANDS = [
    *("check", "check --format json", "check --format github", "diff", "validate", "list", "show mail"),
    *("blame HOSTILE/out/outputs.tf", "blame HOSTILE/out/outputs.tf:3", "changes", "changes --format json", "report"),
    *("verify-plan plan.json", "report --output HOSTILE.md", "render"),
]
REFUSED_COMMANDS = [
    *("show HOSTILE", "blame HOSTILE", "changes --base HOSTILE", "changes --base-file HOSTILE", "verify-plan HOSTILE"),
    *("HOSTILE", "render --HOSTILE", "check --format HOSTILE", "report --output HOSTILE/x/y", "-C xHOSTILE check"),
    *("--catalogue HOSTILE list", "show --HOSTILE=1", "schema HOSTILE"),
]


def control_characters(shown: str) -> list[str]:
    """Return what a terminal would act on, or hide, beside the colours and line ends that are tfgen's own."""
    text = _COLOURS.sub("", shown).replace("\r\n", "\n")
    return [character for character in text if not (character.isprintable() or character in "\n\t")]


def program(command: str) -> list[str]:
    given = command if command == "schema" or "-C" in command else f"-C HOSTILE {command}"
    words = [word.replace("HOSTILE", HOSTILE) for word in given.split()]
    return [sys.executable, "-c", MAIN, *words]


def environment() -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    left_out = ("NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    without_progress = {"CI": "true"}  # it erases its line; `test_progress.py` looks at that
    return {**kept, **without_progress, "PYTHONPATH": path, "TERM": "xterm-256color", "COLUMNS": "100"}


def on_terminal(command: str, folder: Path) -> str:
    """Return what a terminal gets from tfgen."""
    with session(program(command), folder, environment()) as started:
        return started.rest()


def tfgen(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(program(command), cwd=folder, env=environment(), capture_output=True, check=False)


@pytest.fixture
def hostile(repository: Repository) -> Path:
    """A project in a folder of a hostile name: whatever else may have control characters has them."""
    escapes = "".join(f"\\u{ord(character):04x}" for character in HOSTILE)
    text = f'"{escapes}"'
    odd = CATALOGUE.replace('"busybox:1"', f'"busybox:1", queue: q, environment: {{A: {text}}}, command: [{text}]')
    folder = repository.root / HOSTILE
    repository.write(f"{HOSTILE}/services.yaml", odd)
    tfgen("render", repository.root)
    repository.commit()
    repository.write(f"{HOSTILE}/services.yaml", odd.replace("busybox:1", "busybox:2").replace(text, f'{text[:-1]}x"'))
    repository.write(f"{HOSTILE}/templates/{HOSTILE}.j2", HOSTILE)
    repository.write(f"{HOSTILE}/out/{HOSTILE}.tf", f"# {HOSTILE}\n")
    repository.write("plan.json", json.dumps(_plan()))
    main = (folder / "out/main.tf").read_text(encoding="utf-8")
    edited = main.replace("# Mail", f"# {HOSTILE}").replace('"mail"', f'"{HOSTILE}"', 1)
    repository.write(f"{HOSTILE}/out/main.tf", edited)
    repository.write(f"{HOSTILE}/out/{HOSTILE}2.tf", edited)
    return repository.root


def _plan() -> dict[str, object]:
    change = {"actions": ["create", HOSTILE], "before": None, "after": {HOSTILE: HOSTILE}}
    told = {"address": HOSTILE, "previous_address": HOSTILE, "deposed": HOSTILE}
    return {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": [{"mode": "managed", "change": change, **told}],
    }


def test_no_control_character_of_an_input_reaches_a_terminal(hostile: Path) -> None:
    for command in [*COMMANDS, *REFUSED_COMMANDS]:
        shown = on_terminal(command, hostile)

        assert shown, command
        assert "Traceback" not in shown, command
        assert control_characters(shown) == [], command


def test_no_control_character_of_an_input_comes_through_a_pipe(hostile: Path) -> None:
    """The log of a CI is a pipe, and is shown on a terminal later. A diff is a patch there, as it is."""
    for command in [*COMMANDS, *REFUSED_COMMANDS]:
        done = tfgen(command, hostile)
        shown = (done.stdout + done.stderr).decode()

        assert shown, command
        assert (done.returncode in (0, 2)) == (command in COMMANDS), shown
        assert "Traceback" not in shown, command
        if command != "diff":
            assert control_characters(shown) == [], command
            assert "\x1b" not in shown, command


def test_a_diff_through_a_pipe_applies_whatever_is_in_it(hostile: Path) -> None:
    tfgen("render", hostile)
    main = hostile / HOSTILE / "out/main.tf"
    right = main.read_bytes()
    main.write_bytes(right.replace(b'"mail"', f'"{HOSTILE}\r"'.encode(), 1))

    patch = tfgen("diff", hostile).stdout
    assert HOSTILE.encode() in patch
    subprocess.run(["git", "apply", "-p2", "-"], cwd=main.parent.parent, input=patch, check=True)

    assert main.read_bytes() == right


def test_json_through_a_pipe_says_what_is_there(hostile: Path) -> None:
    found = json.loads(tfgen("check --format json", hostile).stdout)

    assert any(HOSTILE in line for file in found["files"] for line in file["diff"])
