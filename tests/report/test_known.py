"""Output values that are known before an apply: by the convention, or by what stands in the blocks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.catalogue.named import NAMING
from generator.edition import Edition
from generator.report.known import output_values
from generator.workspace import Workspace
from tests.support.paths import CASES


def named_in_text(edition: Edition) -> dict[str, str]:
    """Return what each rendered block is called, where a text gives it, by its address."""
    given = {
        address: next((node.arguments[name] for name in NAMING if name in node.arguments), None)
        for address, node in edition.nodes.items()
        if "." in node.type or node.type.startswith("aws_")
    }
    return {address: name for address, name in given.items() if isinstance(name, str)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_convention_says_is_what_stands_in_the_blocks(case: Path) -> None:
    edition = Workspace(case / "services.yaml").rendered().edition
    read = replace(edition, follows_convention=False)
    if edition.names_by_catalogue:
        assert edition.names_by_catalogue == named_in_text(edition)
    assert output_values(edition, ()) == output_values(read, ())
    assert output_values(edition, edition.nodes) == output_values(read, edition.nodes)
