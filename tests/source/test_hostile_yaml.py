"""Files that are no catalogue, by accident or by somebody's wish to stop tfgen: the outcome is a clean error."""

from __future__ import annotations

import base64
import os
import re
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalogue.read import read
from generator.errors import TfgenError
from generator.source.source import MAX_BYTES, Source
from tests.support.processes import MAIN
from tests.support.rendering import NAME, SMALL

ADDRESS_SPACE = 2 << 30
PEAK_KIB = 3 << 19
"""1.5 GiB."""

needs_processes = pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system tells no memory of a process")

HANGS_AFTER = 240
"""Seconds, many times what any of these takes: beyond it nothing will come."""

_WORDS = st.sampled_from(
    [
        *(
            "version: 1",
            "project: shop",
            "module: {path: out, address: module.shop}",
            "services:",
            "mail: ",
            "kind: worker",
        ),
        *(
            "network: {subnets: [a], security_groups: [b]}",
            "image: 'a:1'",
            "tags: ",
            "environment: ",
            "defaults: ",
            "tags: {",
        ),
        *(
            "&a ",
            "*a",
            "&a [*a]",
            "<<: *a",
            "<<: {a: b}",
            "!!set ",
            "!!binary ",
            "!!python/name:os.system ",
            "!x ",
            "!<y> ",
        ),
        *(
            "? ",
            "? [a]\n: b",
            ": ",
            "- ",
            "-",
            "[",
            "]",
            "{",
            "}",
            ",",
            "|",
            ">-",
            "|2+",
            "'",
            '"',
            "#",
            "%YAML 1.1",
            "%TAG ! x",
        ),
        *(
            "---",
            "...",
            "\n",
            "\n  ",
            "\n    ",
            "\t",
            "\r",
            "\ufeff",
            "\x00",
            "\x85",
            "\u2028",
            "~",
            "null",
            "=",
            "@",
            "`",
        ),
        *(
            "1" * 5000,
            "1e999999",
            ".inf",
            ".nan",
            "0x" + "f" * 999,
            "-0",
            "1_000",
            "190:20:30",
            "2001-12-14t21:59:43.10-05:00",
        ),
        *('"\\ud800"', '"\\0"', '"\\x1b"', '"\\UFFFFFFFF"', "${", "$${", "${a", "%{", "é", "\U0001f600"),
    ]
)
yaml_like = st.lists(st.one_of(_WORDS, _WORDS, st.text(max_size=4)), max_size=24).map("".join)
"""Text that looks like YAML, and like a catalogue."""


def lines_told_of(content: bytes) -> tuple[str, ...]:
    try:
        read(Source.from_bytes(content, NAME))
    except TfgenError as error:
        return tuple(map(str, error.problems))
    return ()


def is_told(line: str) -> bool:
    """Tell whether a line names the file, with or without a place in it, what is wrong, and a remedy."""
    return line.isprintable() and re.fullmatch(r"services\.yaml(:[0-9]+:[0-9]+)?: .+; .+", line) is not None


@settings(max_examples=200)
@given(st.binary(max_size=200))
@example(b"\xff\xfe" + SMALL.encode("utf-16-le"))
@example(SMALL.encode("utf-16"))
@example(SMALL.encode("utf-32"))
@example(b"\xef\xbb\xbf" * 2 + SMALL.encode())
@example(b"\x00" * 100)
def test_bytes_of_any_sort_are_a_catalogue_or_a_clean_error(content: bytes) -> None:
    assert all(map(is_told, lines_told_of(content)))


@settings(max_examples=200)
@given(yaml_like)
def test_text_like_yaml_is_a_catalogue_or_a_clean_error(text: str) -> None:
    assert all(map(is_told, lines_told_of(text.encode("utf-8", "surrogatepass"))))


@settings(max_examples=200)
@given(st.integers(0, len(SMALL)), st.integers(0, 12), yaml_like)
def test_a_catalogue_with_something_in_the_middle_is_one_or_a_clean_error(at: int, length: int, text: str) -> None:
    content = SMALL[:at] + text + SMALL[at + length :]
    assert all(map(is_told, lines_told_of(content.encode("utf-8", "surrogatepass"))))


_LAUGHS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
_KEYED_LAUGHS = "".join(f"a{n}: &a{n} {{a: *a{n - 1}, b: *a{n - 1}}}\n" for n in range(1, 40))
_HALF = MAX_BYTES // 2

BOMBS = {
    "billion laughs in lists": "a0: &a0 lol\n" + _LAUGHS,
    "billion laughs in mappings": "a0: &a0 lol\n" + _KEYED_LAUGHS,
    "merge keys": "a: &a {b: c}\n" + "".join(f"a{n}: {{<<: [*a, *a]}}\n" for n in range(999)),
    "an alias in itself": "a: &a {b: *a}\n",
    "10,000 lists": "[" * 10_000,
    "10,000 lists, closed": "[" * 10_000 + "]" * 10_000,
    "100,000 lists, closed": "[" * 100_000 + "]" * 100_000,
    "10,000 mappings": "{a: " * 10_000 + "}" * 10_000,
    "100,000 mappings": "{a: " * 100_000 + "}" * 100_000,
    "10,000 list items": "- " * 10_000,
    "100,000 list items": "- " * 100_000 + "a",
    "1,000 mappings in block style": "".join(f"{' ' * n}a:\n" for n in range(1_000)),
    "2,800 mappings in block style": "".join(f"{' ' * n}a:\n" for n in range(2_800)),
    "complex keys": "? " * 10_000,
    "a command": "a: !!python/object/apply:os.system ['touch owned']\n",
    "a name of Python": "a: !!python/name:os.system\n",
    "a module of Python": "!!python/module:owned\n",
    "an object of Python": "!!python/object/new:subprocess.Popen [['touch', 'owned']]\n",
    "binary": f"a: !!binary {base64.b64encode(bytes(999)).decode()}\n",
    "a set": "!!set {a, b}\n",
    "an ordered mapping": "!!omap [a: b]\n",
    "a long list": "[" + "a," * (_HALF - 1) + "]",
    "a long mapping": "{" + "a," * (_HALF - 1) + "}",
    "deep mappings of 32 MiB": "{a: " * (MAX_BYTES // 4),
    "deep lists of 32 MiB": "[" * MAX_BYTES,
    "many problems": "services:\n" + "".join(f"  A{n}: []\n" for n in range(5_000)),
    "many unknown keys": SMALL + "".join(f"    kind{n}: []\n" for n in range(2_000)),
    "anchors": "[" + "&a a," * (MAX_BYTES // 5 - 1) + "]",
    "a line of 32 MiB": "a: " + "x" * (MAX_BYTES - 4),
    "many tags": "[" + "!!set a," * 50_000 + "]",
    "quotes": '"' * MAX_BYTES,
    "a comment of 32 MiB": "#" * MAX_BYTES,
    "more than 32 MiB": "# x\n" * (MAX_BYTES // 4 + 1),
}


def outcome(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of tfgen in a process with little memory, having looked at its peak."""
    program = [sys.executable, "-c", MAIN, *arguments]
    with (folder / "stdout").open("wb") as stdout, (folder / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            program,
            cwd=folder,
            stdout=stdout,
            stderr=stderr,
            preexec_fn=_little_memory,  # noqa: PLW1509 - no thread is there yet
        )
        watch = threading.Timer(HANGS_AFTER, process.kill)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    assert usage.ru_maxrss < PEAK_KIB
    said, told = ((folder / name).read_text(encoding="utf-8") for name in ("stdout", "stderr"))
    return process.returncode, said, told


def _little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def assert_clean(code: int, stdout: str, stderr: str) -> None:
    assert (code, stdout) == (1, ""), stderr[-2000:]
    lines = stderr.removesuffix("\n").split("\n")
    assert all(map(is_told, lines)), stderr[-2000:]
    assert all(len(line) < 10_000 for line in lines)


@needs_processes
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_little_memory(bomb: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(BOMBS[bomb], encoding="utf-8")

    result = outcome(tmp_path, "validate")

    assert_clean(*result)
    assert sorted(os.listdir(tmp_path)) == [NAME, "stderr", "stdout"]


@needs_processes
@pytest.mark.parametrize("size", [100 << 20, 1 << 40])
def test_a_file_of_any_size_is_refused_in_little_memory(size: int, tmp_path: Path) -> None:
    with (tmp_path / NAME).open("wb") as file:
        file.write(SMALL.encode())
        file.truncate(size)

    assert_clean(*outcome(tmp_path, "validate"))


@needs_processes
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for device in ("/dev/zero", "/dev/urandom", "/dev/null"):
        code, stdout, stderr = outcome(tmp_path, "validate", "--catalogue", device)
        assert (code, stdout) == (1, "")
        assert re.fullmatch(rf"{device}(:1:1)?: [^\n]+; [^\n]+\n", stderr)
