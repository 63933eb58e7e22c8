"""HashiCorp's own code, where it is installed: `terraform`, the judge of layout, and tfparse, that of meaning."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

TERRAFORM = shutil.which("terraform")

needs_terraform = pytest.mark.skipif(TERRAFORM is None, reason="there is no `terraform` on the path to judge by")
"""Skips only where the program is absent, in CI as anywhere: where it is present, nothing can skip."""

needs_tfparse = pytest.mark.skipif(find_spec("tfparse") is None, reason="tfparse has no build for this platform")

_STRANGE = re.compile(
    r'Unsupported (?:block type: Blocks of type|argument: An argument named) (?P<name>".*?") (?:are|is) '
)

_READ_MODULES = """
import json, sys, tfparse
found = [tfparse.load_from_path(folder, stop_on_hcl_error=True) for folder in sys.argv[1:]]
sys.stdout.buffer.write(json.dumps(found).encode())
"""


def fmt(text: str) -> str:
    """Return a text as `terraform fmt` leaves it."""
    return fmt_all([text])[0]


def fmt_all(texts: Sequence[str]) -> list[str]:
    """Return each text as `terraform fmt` leaves it, all from one run of the program."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name, f"{number}.tf") for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text.encode())
        _run("fmt", "-list=false", ".", folder=Path(name))
        return [path.read_bytes().decode() for path in paths]


def fmt_check(folder: Path) -> list[str]:
    """Return the names of the files in a folder that `terraform fmt` would change."""
    return _run("fmt", "-check", ".", folder=folder, accepted=(0, 3)).split()


def write_module(folder: Path, files: Mapping[str, str]) -> None:
    """Write a root module that needs no provider but the one that is built in."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def initialise(folder: Path) -> None:
    """Let a root module find those that it calls."""
    _run("init", "-input=false", folder=folder)


def plan_of(folder: Path, *options: str) -> dict[str, Any]:
    """Return the plan of a root module, as `terraform show -json` tells it; where it fails, `errored` is true in it."""
    _run("plan", "-input=false", "-out=plan.tfplan", *options, folder=folder, accepted=(0, 1))
    plan: dict[str, Any] = json.loads(_run("show", "-json", "plan.tfplan", folder=folder))
    return plan


def apply(folder: Path) -> None:
    """Apply a root module; its state is in its folder."""
    _run("apply", "-input=false", "-auto-approve", folder=folder)


def values_in_json(folder: Path, expressions: Sequence[str]) -> list[Any]:
    """Return the value of each expression in a root module, as `jsonencode` writes it."""
    asked = f"jsonencode([{', '.join(expressions)}])"
    values: list[Any] = json.loads(json.loads(_run("console", folder=folder, asked=asked)))
    return values


def refusal_of(folder: Path, *arguments: str) -> str:
    """Return what Terraform says as it refuses a command, in one line."""
    return " ".join(re.sub(r"[│╷╵]", "", _run(*arguments, folder=folder, accepted=(1,), stream="stderr")).split())


def _run(*arguments: str, folder: Path, accepted: Sequence[int] = (0,), stream: str = "stdout", asked: str = "") -> str:
    assert TERRAFORM is not None, "only a test that is marked with needs_terraform may come here"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TF_")}
    environment |= {"TF_CLI_ARGS": "-no-color", "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    command = [TERRAFORM, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode in accepted, f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}"
    said: str = getattr(done, stream)
    return said


def hashicorp_reads(modules: Sequence[Mapping[str, str]]) -> list[dict[str, list[dict[str, Any]]]]:
    """Return what HashiCorp's parser makes of modules, each a mapping of file names to texts: blocks by their type.

    A process of its own reads them, since what tfparse cannot evaluate ends its process.
    """
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, str(number)) for number in range(len(modules))]
        for folder, files in zip(folders, modules, strict=True):
            folder.mkdir()
            for file, text in files.items():
                Path(folder, file).write_bytes(text.encode())
        command = [sys.executable, "-c", _READ_MODULES, *map(str, folders)]
        done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, f"tfparse ended with {done.returncode}:\n{done.stderr.decode()}"
    found: list[dict[str, list[dict[str, Any]]]] = json.loads(done.stdout)
    return found


class Item(NamedTuple):
    """A block or an argument at the top level of a file: its line, and its type or name."""

    line: int
    name: str


def terraform_reads(texts: Sequence[bytes]) -> list[list[Item] | None]:
    """Return what Terraform finds at the top level of each text, or nothing where it does not take a text.

    No name in them may be one that Terraform knows: it tells of each block and argument that is strange to it.
    """
    with tempfile.TemporaryDirectory() as name:
        for number, text in enumerate(texts):
            Path(name, f"{number}.tf").write_bytes(text)
        told = json.loads(_run("validate", "-json", folder=Path(name), accepted=(0, 1)))["diagnostics"]
    found: list[list[Item] | None] = [[] for _ in texts]
    for one in told:
        number = int(one["range"]["filename"].removesuffix(".tf"))
        strange = _STRANGE.match(f"{one['summary']}: {one['detail']}")
        items = found[number]
        if strange is None:
            found[number] = None
        elif items is not None:
            items.append(Item(one["range"]["start"]["line"], json.loads(strange["name"])))
    return [None if items is None else sorted(items) for items in found]


def terraform_takes(texts: Sequence[str]) -> list[bool]:
    """Tell of each text whether `terraform fmt` takes it for one of Terraform's language."""
    with tempfile.TemporaryDirectory() as name:
        for number, text in enumerate(texts):
            Path(name, f"{number}.tf").write_text(text, "utf-8")
        refused = set(
            re.findall(r" on \S*?(\d+)\.tf line", _run("fmt", ".", folder=Path(name), accepted=(0, 2), stream="stderr"))
        )
    return [str(number) not in refused for number in range(len(texts))]
