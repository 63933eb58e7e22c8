"""The documents of the project in parts: their sections, and the tables and blocks of code in those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support.paths import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

CODE = re.compile(r"`([^`\n]+)`")
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (.*) \|$", re.MULTILINE)
_LEFT_OUT = "…"


class Block(NamedTuple):
    """A block of code, and the paragraph right above it."""

    language: str
    code: str
    above: str


class Section(NamedTuple):
    """What stands below a heading, up to the next one."""

    title: str
    text: str

    @property
    def prose(self) -> str:
        """The text without its blocks of code."""
        return _FENCED.sub("", self.text)

    @property
    def blocks(self) -> list[Block]:
        """Its blocks of code, in their order."""
        return [
            Block(found[1], found[2], self.text[: found.start()].rstrip("\n").rpartition("\n\n")[2])
            for found in _FENCED.finditer(self.text)
        ]

    @property
    def tables(self) -> list[list[list[str]]]:
        """Its tables: rows of cells, the header first, without the line below that."""
        tables = [_ROW.findall(paragraph) for paragraph in self.prose.split("\n\n")]
        return [[re.split(r" *\| *", row) for row in rows] for rows in tables if rows]


class Session(NamedTuple):
    """A command as a document shows it, and what it prints: pieces, with lines left out between them."""

    arguments: list[str]
    pieces: list[str]

    def assert_is(self, printed: str) -> None:
        """Check that all pieces are printed, in their order."""
        for piece in self.pieces:
            assert piece in printed
            printed = printed.partition(piece)[2]


def sections(document: Path) -> list[Section]:
    """Return the sections of a document. What stands above its first heading is none."""
    found: list[Section] = []
    is_code = False
    for line in document.read_text("utf-8").splitlines(keepends=True):
        is_code ^= line.startswith("```")
        if not is_code and re.match("#+ ", line):
            found.append(Section(line.strip("# \n"), ""))
        elif found:
            found[-1] = found[-1]._replace(text=found[-1].text + line)
    return found


def sessions(block: Block) -> Iterator[Session]:
    """Yield the calls of tfgen that a block of code shows."""
    for call in re.split(r"^\$ tfgen ", block.code, flags=re.MULTILINE)[1:]:
        command, _, printed = call.partition("\n")
        pieces = re.split(rf"^ *{_LEFT_OUT}\n", printed, flags=re.MULTILINE)
        yield Session(command.split(), [piece for piece in pieces if piece])
