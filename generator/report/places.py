"""The places of a file that an edit changes, each named by the block that it follows or is within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from generator.files.diff import equal_pairs, hunks
from generator.hcl.piecewise import piecewise
from generator.hcl.proof.proof import proven_by_lines
from generator.hcl.references import Declaration
from generator.hcl.structure import Code


@dataclass(frozen=True)
class Segment:
    """A block with the comments above it: its address in the module, its first line counted from 1, its lines."""

    address: str
    line: int
    lines: list[str]


@dataclass(frozen=True)
class Place:
    """One place of change.

    `follows` is the address of the block before it, and `within` that of the block that it is in; `line` is its first
    changed line in the new file, or in the old one where it only removes. `diff` has two characters in front of each
    line. `addresses` are the blocks that it adds, changes or removes.
    """

    follows: str
    within: str
    line: int
    diff: list[str]
    addresses: list[str]
    added: int
    removed: int


def segments(text: str) -> list[Segment]:
    """Split a generated file into its blocks; the header is part of none."""
    lines = text.split("\n")
    proven = proven_by_lines(text)
    blocks = proven.blocks if proven else [block for piece in piecewise(text, _blocks) for block in piece]
    starts = [_with_comments(lines, line) for _, line in blocks]
    spans = pairwise([*starts, len(lines) + 1])
    return [
        Segment(address, start, _trimmed(lines[start - 1 : following - 1]))
        for (address, _), (start, following) in zip(blocks, spans, strict=True)
    ]


def places(before: str, after: str) -> list[Place]:
    """Return the places in which two texts of a file differ, in order."""
    old, new = segments(before), segments(after)
    found: list[Place] = []
    old_at = new_at = 0
    pairs = equal_pairs([segment.address for segment in old], [segment.address for segment in new])
    for i, j in [*pairs, (len(old), len(new))]:
        if (old_at, new_at) != (i, j):
            found.append(_between(new[new_at - 1] if new_at else None, old[old_at:i], new[new_at:j]))
        if i < len(old) and old[i].lines != new[j].lines:
            found.append(_within(old[i], new[j]))
        old_at, new_at = i + 1, j + 1
    return found


def _blocks(text: str, lines_before: int) -> list[Declaration]:
    return [Declaration(body.address, lines_before + body.line) for body in Code(text).bodies]


def _with_comments(lines: Sequence[str], line: int) -> int:
    """Return the line at which the comments above a block begin, or the block's own where there are none."""
    first = line
    while line > 2 and (not lines[line - 2] or lines[line - 2].startswith("#")):
        line -= 1
        if lines[line - 1]:
            first = line
    return first


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def _between(previous: Segment | None, removed: list[Segment], added: list[Segment]) -> Place:
    """A run of whole blocks, behind one that stays."""
    diff = [*(f"  {line}".rstrip() for line in previous.lines), ""] if previous else []
    for mark, run in (("-", removed), ("+", added)):
        for segment in run:
            diff += [*(f"{mark} {line}".rstrip() for line in segment.lines), mark]
    first = (added or removed)[0]
    return Place(
        follows=previous.address if previous else "",
        within="",
        line=first.line,
        diff=diff[:-1],
        addresses=[segment.address for segment in (*removed, *added)],
        added=_lines_with_separators(added),
        removed=_lines_with_separators(removed),
    )


def _lines_with_separators(run: list[Segment]) -> int:
    return sum(len(segment.lines) + 1 for segment in run)


def _within(old: Segment, new: Segment) -> Place:
    found = [*hunks(old.lines, new.lines)]
    diff = [line for hunk in found for line in ("  …", *(f"{line[0]} {line[1:]}".rstrip() for line in hunk.lines))]
    unchanged = takewhile(lambda line: line[0] == " ", found[0].lines)
    return Place(
        follows="",
        within=new.address,
        line=new.line + found[0].new_from + len([*unchanged]),
        diff=diff[1:],
        addresses=[new.address],
        added=sum(hunk.count("+") for hunk in found),
        removed=sum(hunk.count("-") for hunk in found),
    )
