"""Make `generator/hcl/identifiers.json` of the letters of Terraform's identifiers.

usage: identifier_table.py unicode_derived.rl > generator/hcl/identifiers.json

The file is that of HashiCorp's scanner, https://github.com/hashicorp/hcl/blob/main/hclsyntax/unicode_derived.rl: bytes
of UTF-8, as its generator wrote them down.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_CLASS = re.compile(r"^\s*ID_(?P<name>Start|Continue) =", re.MULTILINE)
_VERSION = re.compile(r"unicode\.org/Public/(?P<version>[0-9.]+)/")
_BYTES = re.compile(r"^[\s|]*(?P<bytes>(?:0x\w\w(?:\.\.0x\w\w)?\s+)+)#", re.MULTILINE)
_BYTE = re.compile(r"0x(\w\w)(?:\.\.0x(\w\w))?")


def main(path: Path) -> None:
    """Print the table."""
    text = path.read_text("utf-8")
    version = _VERSION.search(text)
    _, *classes = _CLASS.split(text)
    if version is None or classes[::2] != ["Start", "Continue"]:
        raise SystemExit(f"{path} is not the scanner's table")
    begins, continues = ([list(run) for run in _runs(sorted(set(_characters(part))))] for part in classes[1::2])
    print(json.dumps({"unicode": version["version"], "begins": begins, "continues": continues}))


def _characters(text: str) -> Iterator[int]:
    """A range of bytes holds some that go on with no character; these are left out."""
    for match in _BYTES.finditer(text):
        ranges = [(int(first, 16), int(last or first, 16)) for first, last in _BYTE.findall(match["bytes"])]
        for combination in itertools.product(*(range(first, last + 1) for first, last in ranges)):
            try:
                yield ord(bytes(combination).decode())
            except UnicodeDecodeError:
                continue


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last number of each run without a gap."""
    for _, run in itertools.groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
