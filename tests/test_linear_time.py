"""The work that readers of HCL have with a text grows as the text does. `bench/scaling.py` measures whole commands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from generator.errors import Rejection, VerificationError
from generator.hcl.nodes import nodes_of
from generator.hcl.proof.lines import shapes_of
from generator.hcl.proof.outline import outline_of
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError, tokens
from generator.hcl.write.layout import laid_out
from generator.hcl.write.text import hcl_text
from generator.verify.verify import verify
from tests.support.hostile_hcl import SIZED
from tests.support.rendering import SMALL, module_of

SIZE = 300
TIMES = 4

READERS: dict[str, Callable[[str], object]] = {
    "tokens": tokens,
    "outline": lambda text: outline_of(Code(text)),
    "nodes": lambda text: nodes_of([text]),
    "layout": laid_out,
    "shapes of lines": lambda text: shapes_of(text.split("\n")),
    "value of a catalogue": hcl_text,
}


def work(read: Callable[[str], object], text: str) -> int:
    """Return how many lines of Python run for a text, which is the same each time and on each machine."""
    lines = 0

    def trace(*_: object) -> Any:
        nonlocal lines
        lines += 1
        return trace

    tokens.cache_clear()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text)
    except (TokenError, Rejection, VerificationError):
        pass
    finally:
        sys.settrace(before)
    return lines


def test_references_that_lead_nowhere_are_told_in_proportion() -> None:
    def refused(number: int) -> int:
        environment = "".join(f"      A{i}: '${{var.wanted_{i}}}'\n" for i in range(number))
        declared = "".join(f'variable "given_{i}" {{}}\n' for i in range(number))
        module = module_of(f"{SMALL}    environment:\n{environment}", variables=declared)
        return work(lambda _: verify(module), "")

    assert refused(SIZE * TIMES) < refused(SIZE) * TIMES * 1.2


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", SIZED)
def test_work_grows_as_the_text_does(name: str, reader: str) -> None:
    text_of, read = SIZED[name], READERS[reader]
    least, more = (work(read, text_of(size)) for size in (SIZE, SIZE * TIMES))
    assert more < least * TIMES * 1.2 + 1000
