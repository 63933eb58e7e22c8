"""What is verified: the rendered files beside the folder's others, and the catalogue that both serve."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.catalogue.blocks import Block
from generator.catalogue.file_names import MAIN, OUTPUTS
from generator.catalogue.layers import written_at
from generator.catalogue.model import Catalogue
from generator.errors import Position, Problem, file_in, merge_conflict
from generator.files.folder import Files
from generator.hcl.proof.proof import ProvenFile
from generator.hcl.tokens import TokenError
from generator.rendering.render import GeneratedFile, TypeOf
from generator.source.source import Key, Source, dotted

ProvenFiles = dict[str, ProvenFile]
"""Each rendered file by its name, proven."""

MEND_TEXT = "fix the template that wrote it, or report this as a bug of tfgen"


@dataclass(frozen=True)
class RenderedModule:
    """A module's files, rendered and hand-written. `folder_name` is what messages call its folder.

    `type_of` tells types of expressions by what the hand-written files declare.
    """

    catalogue: Catalogue
    source: Source
    files: list[GeneratedFile]
    companions: Files
    folder_name: str
    type_of: TypeOf

    def path(self, name: str) -> str:
        """Return what messages call a file of the folder."""
        return file_in(self.folder_name, name)

    @cached_property
    def implied(self) -> dict[str, dict[str, Block]]:
        """The blocks that the catalogue implies, by the name of their file and by their address."""
        blocks = {MAIN: self.catalogue.main_blocks, OUTPUTS: self.catalogue.output_blocks}
        templates = self.catalogue.module.files.templates
        return {name: {block.address: block for block in blocks[template]} for name, template in templates.items()}

    def entry(self, name: str, address: str) -> Key:
        """Return the catalogue entry behind a block of a rendered file."""
        block = self.implied[name].get(address)
        return block.entry if block else ()

    def owners(self, name: str, file: ProvenFile) -> Owners:
        """Return which catalogue entry is behind each line of a rendered file."""
        return Owners([block.line for block in file.blocks], [self.entry(name, one.address) for one in file.blocks])


def told_where_written(source: Source, faults: Iterable[tuple[Key, str, str]]) -> Iterator[Problem]:
    """Yield the key of a value, what is wrong with it and the remedy as a problem, once for what several take over."""
    told = set()
    for key, what, remedy in faults:
        entry = written_at(source, key)
        if entry not in told:
            told.add(entry)
            yield Problem(source.position(entry), dotted(entry), what, remedy)


class Owners(NamedTuple):
    """The first lines of a file's blocks, in order, and the catalogue entry behind each block."""

    lines: list[int]
    entries: list[Key]

    def entry(self, line: int) -> Key:
        """Return the catalogue entry behind a line, counted from 1."""
        return self.entries[bisect_right(self.lines, line) - 1]


def not_a_token(file: str, text: str, error: TokenError, remedy: str) -> Problem:
    """Return a text's fault as a problem of the file that messages call `file`."""
    where = Position.behind(file, text[: error.offset])
    return merge_conflict(file, text) or Problem(where, "", f"not Terraform's language: {error.what}", remedy)
