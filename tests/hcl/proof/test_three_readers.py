"""Three readers of HCL: Terraform's own, tfgen's tokens, and python-hcl2. What they disagree about is never rendered.

`TFGEN_FUZZ_SECONDS=600 pytest tests/hcl/proof/test_three_readers.py` goes on with new random texts for so long.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from generator.hcl.errors import DisputeError, ParseError, RoundTripError
from generator.hcl.nodes import nodes_of
from generator.hcl.proof.outline import outline_of
from generator.hcl.proof.proof import proven
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError
from tests.support.hostile_hcl import CORPUS, some_texts
from tests.support.paths import RENDERED
from tests.support.terraform_program import Item, needs_terraform, terraform_reads

SECONDS = float(os.environ.get("TFGEN_FUZZ_SECONDS", "0"))
SEEDS = 6
TEXTS_OF_A_SEED = 300

_KNOWN_TO_TERRAFORM = re.compile(r"^(resource|data|locals|output|variable|module|provider|terraform)\b", re.MULTILINE)
_CARRIAGE_RETURN_BEHIND_A_SIGN = re.compile("[$%]\r\r\n")
"""In a heredoc, Terraform takes the first of the two carriage returns for text; alone, it takes none anywhere."""


def items(text: str) -> list[Item] | None:
    """Return what tfgen finds at the top level of a hand-written file; nothing where it refuses the file.

    What else it reads of the file ends without an exception.
    """
    try:
        code = Code(text)
    except TokenError:
        return None
    nodes_of([text])
    outline_of(code)
    blocks = [Item(body.line, body.type) for body in code.bodies]
    return sorted([*blocks, *(Item(argument.line, argument.name) for argument in code.arguments)])


def items_if_rendered(text: str) -> list[Item] | None:
    """Return what tfgen finds in a file of its own templates; nothing where it refuses the file."""
    try:
        blocks = proven(text).blocks
    except (TokenError, ParseError, DisputeError, RoundTripError):
        return None
    return [Item(line, re.split(r"[. ]", address)[0]) for address, line in blocks]


def decoded(text: bytes) -> str:
    """Return a file's text as tfgen reads it."""
    return text.decode("utf-8-sig")


@needs_terraform
def test_a_hostile_text_is_to_tfgen_what_it_is_to_terraform() -> None:
    texts = [file.read_bytes() for file in CORPUS]
    for file, text, of_terraform in zip(CORPUS, texts, terraform_reads(texts), strict=True):
        if of_terraform is not None:
            assert items(decoded(text)) == of_terraform, file.stem
            assert items_if_rendered(decoded(text)) in (None, of_terraform), file.stem


@needs_terraform
def test_the_hostile_texts_are_of_all_sorts() -> None:
    read = terraform_reads([file.read_bytes() for file in CORPUS])
    assert sum(found is not None for found in read) > 40
    assert sum(found is None for found in read) > 40


def test_a_text_that_terraform_alone_reads_is_not_rendered() -> None:
    hidden = [file for file in CORPUS if "hidden" in file.read_text("utf-8")]
    assert len(hidden) > 8
    read = {file.stem: items_if_rendered(decoded(file.read_bytes())) for file in hidden}
    assert all(found is None or "hidden" in [item.name for item in found] for found in read.values()), read


@needs_terraform
def test_a_random_text_is_to_tfgen_what_it_is_to_terraform() -> None:
    for seed in seeds():
        texts = some_texts(seed, TEXTS_OF_A_SEED, sources())
        for text, of_terraform in zip(texts, terraform_reads([text.encode() for text in texts]), strict=True):
            own, rendered = items(decoded(text.encode())), items_if_rendered(text)
            if of_terraform is None or _CARRIAGE_RETURN_BEHIND_A_SIGN.search(text):
                continue
            assert own == of_terraform, (seed, text)
            assert rendered in (None, of_terraform), (seed, text)


@needs_terraform
def test_random_texts_are_not_all_refused() -> None:
    texts = some_texts(0, TEXTS_OF_A_SEED, sources())
    taken = [items_if_rendered(text) for text in texts]
    assert sum(found is not None for found in taken) > TEXTS_OF_A_SEED / 10
    assert sum(found is None for found in taken) > TEXTS_OF_A_SEED / 10


def seeds() -> Iterator[int]:
    """Yield the same seeds each time; where there are seconds to spend, new ones until they are over."""
    yield from range(SEEDS)
    end, begin = time.monotonic() + SECONDS, int(time.time())
    for seed in count(begin):
        if time.monotonic() >= end:
            return
        yield seed


def sources() -> list[str]:
    """Return texts to mutate: hostile ones, and what the built-in templates write, with other types of blocks."""
    blocks = [block for file in RENDERED for block in re.split(r"\n\n(?=\w)", file.read_text("utf-8"))]
    strange = {_KNOWN_TO_TERRAFORM.sub("strange", block) + "\n" for block in blocks}
    return [decoded(file.read_bytes()) for file in CORPUS] + sorted(strange, key=len)[:100]


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_a_hostile_text_is_read_or_refused(file: Path) -> None:
    text = decoded(file.read_bytes())
    items(text)
    items_if_rendered(text)
