"""What holds for every catalogue, tried on random ones."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.service import Service
from generator.hcl.proof.parse import ParsedFile
from generator.hcl.write.text import parts
from generator.verify.module import RenderedModule
from generator.verify.verify import verify
from tests.support.examples import a_few
from tests.support.rendering import dumped, module_of
from tests.support.strategies import COMPANION, Tree, catalogues, edits_of_a_service, escaped, literals, tags
from tests.support.terraform_program import fmt_all, hashicorp_reads, needs_terraform, needs_tfparse

pytestmark = pytest.mark.slow

_BEYOND_TFPARSE = re.compile(r"(\(var\.a\)|\bnull|\btrue) *[=:]|^ +count +=", re.MULTILINE)
"""An object's key that is no string before it is evaluated: tfparse takes it for one, and ends its process.

And a block with `count`: tfparse reads its instances, or none.
"""


def rendered(catalogue: Tree) -> RenderedModule:
    return module_of(dumped(catalogue), variables=COMPANION)


@a_few(40)
@given(catalogues())
def test_every_catalogue_renders_what_reads_back_and_refers_to_nothing_unknown(catalogue: Tree) -> None:
    verify(rendered(catalogue))


@needs_terraform
@a_few(10)
@given(st.lists(catalogues(), min_size=3, max_size=8))
def test_every_output_is_as_terraform_fmt_would_leave_it(batch: list[Tree]) -> None:
    texts = [file.text for catalogue in batch for file in rendered(catalogue).files]
    assert fmt_all(texts) == texts


@a_few(15)
@given(catalogues())
def test_rendering_twice_changes_nothing(catalogue: Tree) -> None:
    first = rendered(catalogue).files
    parts.cache_clear()
    assert rendered(catalogue).files == first


@a_few(15)
@given(catalogues())
def test_every_output_ends_in_one_line_feed_and_holds_no_control_character(catalogue: Tree) -> None:
    for file in rendered(catalogue).files:
        assert file.text.endswith("\n")
        assert not file.text.endswith("\n\n")
        assert all(line.isprintable() for line in file.text.split("\n"))


@a_few(20)
@given(catalogues(min_services=2), st.data())
def test_a_service_added_or_removed_leaves_the_others_as_they_are(catalogue: Tree, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(list(catalogue["services"])))
    others = {other: service for other, service in catalogue["services"].items() if other != key}
    with_it, without_it = rendered(catalogue), rendered(catalogue | {"services": others})
    for other in others:
        assert blocks_of(with_it, other) == blocks_of(without_it, other)


@a_few(20)
@given(edits_of_a_service())
def test_a_service_edited_leaves_the_others_as_they_are(edit: tuple[str, Tree, Tree]) -> None:
    key, catalogue, edited = edit
    before, after = rendered(catalogue), rendered(edited)
    for other in catalogue["services"].keys() - {key}:
        assert blocks_of(before, other) == blocks_of(after, other)


@a_few(10)
@given(catalogues(min_services=2))
def test_services_in_another_order_are_the_same_services(catalogue: Tree) -> None:
    turned = dict(reversed(catalogue["services"].items()))
    before, after = rendered(catalogue), rendered(catalogue | {"services": turned})
    for key in turned:
        assert blocks_of(before, key) == blocks_of(after, key)


@needs_tfparse
@a_few(8)
@given(st.lists(catalogues(), min_size=2, max_size=6))
def test_hashicorps_parser_reads_the_same_blocks(batch: list[Tree]) -> None:
    modules = [{file.name: file.text for file in rendered(catalogue).files} for catalogue in batch]
    modules = [files for files in modules if not any(_BEYOND_TFPARSE.search(text) for text in files.values())]
    for files, found in zip(modules, hashicorp_reads(modules), strict=True):
        addresses = [block["__tfmeta"]["path"] for blocks in found.values() for block in blocks]
        expected = [address for text in files.values() for address, _ in ParsedFile(text).blocks()]
        assert sorted(addresses) == sorted(expected)


@needs_tfparse
@a_few(25)
@given(st.lists(literals.map(lambda text: text or "x"), min_size=1, max_size=5), tags)
def test_hashicorps_parser_reads_the_texts_that_the_catalogue_says(texts: list[str], tags: dict[str, str]) -> None:
    service = {"kind": "worker", "image": "busybox:1"}
    catalogue = {
        "version": 1,
        "project": "shop",
        "module": {"path": "out", "address": "module.shop"},
        "network": {"subnets": [escaped(text) for text in texts], "security_groups": []},
        "tags": tags,
        "services": {"mail": service},
    }
    (found,) = hashicorp_reads([{file.name: file.text for file in rendered(catalogue).files}])
    assert found["aws_ecs_service"][0]["network_configuration"]["subnets"] == texts
    assert found["locals"][0]["common_tags"] == tags


def blocks_of(module: RenderedModule, key: str) -> dict[str, object]:
    """Return the blocks that are a service's alone, by their addresses, as python-hcl2 reads them."""
    service: Service = module.catalogue.services[key]
    read = {address: block for file in module.files for address, block in by_address(ParsedFile(file.text).data)}
    return {block.address: read[block.address] for block in [*service.blocks(), *service.output_blocks()]}


def by_address(data: dict[str, Any]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for kind, prefix, labels in (("resource", "", 2), ("data", "data.", 2), ("output", "output.", 1)):
        for block in data.get(kind, []):
            names, body = [], block
            for _ in range(labels):
                ((name, body),) = ((name, inner) for name, inner in body.items() if name != "__is_block__")
                names.append(name.strip('"'))
            found.append((prefix + ".".join(names), body))
    return found
