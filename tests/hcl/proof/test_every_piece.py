"""A run in which every piece is asked: of each block, python-hcl2 itself says what the proof by lines says of it.

`TFGEN_UNLIKE_SERVICES=1000 pytest tests/hcl/proof/test_every_piece.py` does so for so many unlike services.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import pytest
from hypothesis import Phase, given, settings

from bench.unlike import unlike_catalogue
from generator.catalogue.read import read
from generator.files.declared_types import DeclaredTypes
from generator.hcl.nodes import nodes_of
from generator.hcl.proof.gaps import in_known_words
from generator.hcl.proof.judge import judged
from generator.hcl.proof.lines import Read
from generator.hcl.proof.parse import ParsedFile
from generator.hcl.proof.proof import ProvenFile, ProvenPart, proven
from generator.hcl.rendered_nodes import rendered_nodes
from generator.hcl.tokens import tokens
from generator.hcl.values import Expression, value_of
from generator.rendering.render import GeneratedFile, Overrides, render
from generator.source.source import Source
from tests.support.examples import a_few
from tests.support.rendering import dumped, same_files
from tests.support.strategies import COMPANION, Tree, catalogues

pytestmark = pytest.mark.slow

SERVICES = int(os.environ.get("TFGEN_UNLIKE_SERVICES", "60"))
Arguments: TypeAlias = Mapping[str, Any]

SEED = 77
"""Another one than that of the services that `tools/known_places.py` has seen."""


@pytest.mark.parametrize("rich", [False, True], ids=["plain", "rich"])
def test_of_each_block_of_unlike_services_python_hcl2_says_what_the_proof_says(rich: bool) -> None:
    for file in rendered(unlike_catalogue(SERVICES, rich, SEED), ""):
        found = proven(file.text)
        assert all(part.outline is None for part in found.parts), "nothing is left to ask, so nothing would be compared"
        assert_python_hcl2_says_so(file.text, compared=spelled)


@settings(a_few(25), phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink one takes many minutes
@given(catalogue=catalogues())
def test_of_each_block_of_a_random_catalogue_python_hcl2_says_what_the_proof_says(catalogue: Tree) -> None:
    """It spells odd expressions anew, such as `1e3`: so only the names of arguments are held to be the same."""
    for file in rendered(dumped(catalogue), COMPANION):
        assert_python_hcl2_says_so(file.text, compared=sorted)


def rendered(text: str, companion: str) -> list[GeneratedFile]:
    catalogue, _ = read(Source(text, "services.yaml"), same_files)
    return render(catalogue, "services.yaml", Overrides("", {}), DeclaredTypes({"variables.tf": companion.encode()}))


def assert_python_hcl2_says_so(text: str, compared: Callable[[Arguments], object]) -> None:
    """Show each part of a file to python-hcl2: its verdict, blocks, references and values are those of the proof."""
    found, nodes = proven(text), rendered_nodes(text)
    for part in found.parts:
        assert_is_outlined_so(found, part)
        words = in_known_words(found.text(part))
        known = nodes if words == found.text(part) else nodes_of([words])
        for address, arguments in blocks_of(ParsedFile(words).data):
            told = known[address].arguments
            if "dynamic" in arguments:  # its blocks are told by their own name
                assert with_dynamic_blocks(arguments) == told.keys(), address
            else:
                assert compared(arguments) == compared(told), address


def with_dynamic_blocks(arguments: Arguments) -> set[str]:
    """Return the names of arguments, and of the blocks that a dynamic block writes in place of its own."""
    return (arguments.keys() - {"dynamic"}) | {label.strip('"') for block in arguments["dynamic"] for label in block}


def assert_is_outlined_so(found: ProvenFile, part: ProvenPart) -> None:
    """Hold a part to python-hcl2's verdict, which `judged` raises where it is another one."""
    outline = judged(found.text(part)).moved_down(part.first)
    assert found.blocks_in(part) == outline.blocks
    assert found.declared_in(part) == [address for address, _ in outline.declared]
    assert {*found.reads_in(part)} == {Read(*one[:3]) for one in outline.needed}


# Values


def blocks_of(data: Mapping[str, Any]) -> Iterator[tuple[str, Arguments]]:
    """Yield the address of each block and local in python-hcl2's data, and its arguments."""
    for type_, blocks in data.items():
        for block in blocks:
            if type_ == "locals":
                yield from ((f"local.{name}", {"value": said(value)}) for name, value in members(block))
            else:
                labels, body = labels_and_body(block)
                yield ".".join(labels if type_ == "resource" else [type_, *labels]), said(body)


def labels_and_body(block: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    labels = []
    while "__is_block__" not in block:
        ((label, block),) = block.items()
        labels.append(label.strip('"'))
    return labels, block


def members(block: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in block.items() if not name.startswith("__"))


def said(value: Any) -> Any:
    """Return a value of python-hcl2's data: its texts are quoted, and its expressions within `${}`."""
    if isinstance(value, dict):
        return {str(of_text(name) if name.startswith('"') else name): said(inner) for name, inner in members(value)}
    if isinstance(value, list):
        return [said(item) for item in value]
    return of_text(value) if isinstance(value, str) else value


def of_text(text: str) -> object:
    is_expression = text.startswith("${") and text.endswith("}")
    return value_of(list(tokens(text[2:-1] if is_expression else text)))


def spelled(value: object) -> object:
    """Return a value whose expressions have no spaces, and no commas: a line's end may stand in place of one."""
    if isinstance(value, dict):
        return {name: spelled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [spelled(item) for item in value]
    return ("expression", re.sub("[ ,]", "", value.text)) if isinstance(value, Expression) else value
