"""Nodes that are read once somebody asks: they say what they say where a whole file is read at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from generator.hcl.nodes import ModuleNode, nodes_of
from generator.hcl.piecewise import piecewise
from generator.hcl.rendered_nodes import rendered_nodes
from generator.hcl.tokens import TokenError
from tests.support.mutated_hcl import mutated_texts
from tests.support.paths import RENDERED, ROOT

FILES = sorted([*RENDERED, *ROOT.glob("generated/compute/*.tf")])


def read_at_once(text: str) -> dict[str, ModuleNode]:
    """Return the nodes of each piece, the later one of two with one address, as in a file that is read on demand."""
    pieces = piecewise(text, lambda piece, _: nodes_of([piece]))
    return {address: node for nodes in pieces for address, node in nodes.items()}


def said(nodes: Mapping[str, ModuleNode]) -> list[Any]:
    return [(address, node.address, node.line, node.arguments, node.references) for address, node in nodes.items()]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_rendered_file_says_the_same_on_demand(file: Path) -> None:
    text = file.read_text("utf-8")
    found, expected = rendered_nodes(text), read_at_once(text)
    assert said(found) == said(expected)
    assert all(set(found[address].addresses_read) == set(node.addresses_read) for address, node in expected.items())


@given(text=mutated_texts())
@settings(max_examples=250, deadline=None)
def test_a_mutated_text_says_the_same_on_demand(text: str) -> None:
    try:
        expected = read_at_once(text)
    except TokenError:
        with pytest.raises(TokenError):
            rendered_nodes(text)
        return
    found = rendered_nodes(text)
    assert said(found) == said(expected)
    for address, node in expected.items():  # of an argument that is written twice, the lines tell what either reads
        assert set(found[address].addresses_read) >= set(node.addresses_read)


def test_two_texts_share_the_nodes_of_equal_blocks() -> None:
    stays = 'resource "aws_sqs_queue" "a" {\n  name = "a"\n}\n'
    before = rendered_nodes(stays + 'output "b" {\n  value = 1\n}\n')
    after = rendered_nodes(stays + 'output "b" {\n  value = 2\n}\n')

    assert before["aws_sqs_queue.a"] is after["aws_sqs_queue.a"]
    assert before["output.b"] != after["output.b"]
