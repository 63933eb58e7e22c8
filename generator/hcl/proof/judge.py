"""python-hcl2's verdict on a text, beside Terraform's own reading of it."""

from __future__ import annotations

import sys
from itertools import zip_longest

from generator.hcl.errors import DisputeError, RoundTripError
from generator.hcl.proof.gaps import in_known_words
from generator.hcl.proof.outline import Outline, outline_of
from generator.hcl.references import Declaration
from generator.hcl.structure import Code

_NO_BLOCK = Declaration("", sys.maxsize)
"""Stands behind all blocks."""


def judged(text: str) -> Outline:
    """Return the outline of a text in which Terraform and python-hcl2 find the same blocks.

    Raises `TokenError`, `ParseError`, `DisputeError`, and `RoundTripError` where python-hcl2's own dump of it does not
    read back as the same.
    """
    from generator.hcl.proof.parse import ParsedFile

    outline = outline_of(Code(text))
    document = ParsedFile(in_known_words(text))
    of_python_hcl2 = [Declaration(address, line) for address, line in document.blocks()]
    if outline.blocks != of_python_hcl2:
        raise _dispute(outline.blocks, of_python_hcl2)
    if not document.survives_round_trip():
        raise RoundTripError(outline.blocks[0].line if outline.blocks else 1)
    return outline


def _dispute(of_terraform: list[Declaration], of_python_hcl2: list[Declaration]) -> DisputeError:
    """Return what is wrong at the first block that one of the two does not find."""
    pairs = zip_longest(of_terraform, of_python_hcl2, fillvalue=_NO_BLOCK)
    own, other = next(pair for pair in pairs if pair[0] != pair[1])
    if own.line <= other.line:
        return DisputeError(f"Terraform finds {own.address} here, and python-hcl2 does not", own.line)
    return DisputeError(f"python-hcl2 finds {other.address} here, and Terraform does not", other.line)
