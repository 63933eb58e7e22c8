"""What is verified: the rendered files beside the folder's others, and the catalogue that both serve."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.catalogue.blocks import Block
from generator.catalogue.model import Catalogue
from generator.errors import Position, Problem
from generator.folder import Files
from generator.hcl.proof import Fragment
from generator.hcl.tokens import TokenError
from generator.render import MAIN, OUTPUTS, GeneratedFile
from generator.source import Key, Source

Fragments = dict[str, list[Fragment]]
"""The proven parts of each rendered file, by its name."""

MEND_TEXT = "mend the template that wrote it, or report this as a bug of tfgen"


@dataclass(frozen=True)
class Module:
    """A module's files, rendered and hand-written. `folder_name` is what messages call its folder."""

    catalogue: Catalogue
    source: Source
    files: list[GeneratedFile]
    companions: Files
    folder_name: str

    def path(self, name: str) -> str:
        """Return what messages call a file of the folder."""
        return f"{self.folder_name}/{name}"

    def implied(self, name: str) -> Iterator[Block]:
        """Yield the blocks of a rendered file that the catalogue implies."""
        return {MAIN: self.catalogue.main_blocks, OUTPUTS: self.catalogue.output_blocks}[name]()


@dataclass(frozen=True)
class Owners:
    """The first lines of a file's blocks, in order, and the catalogue entry behind each block."""

    lines: list[int]
    entries: list[Key]

    @classmethod
    def of(cls, fragments: list[Fragment], implied: Iterable[Block]) -> Owners:
        """Return those of a file, given the blocks that the catalogue implies for it."""
        entries = {block.address: block.entry for block in implied}
        blocks = [block for fragment in fragments for block in fragment.outline.blocks]
        return cls([block.line for block in blocks], [entries.get(block.address, ()) for block in blocks])

    def entry(self, line: int) -> Key:
        """Return the catalogue entry behind a line, counted from 1."""
        return self.entries[bisect_right(self.lines, line) - 1]


def not_a_token(file: str, text: str, error: TokenError, remedy: str) -> Problem:
    """Return a text's fault as a problem of the file that messages call `file`."""
    where = Position.behind(file, text[: error.offset])
    return Problem(where, "", f"not Terraform's language: {error.what}", remedy)
