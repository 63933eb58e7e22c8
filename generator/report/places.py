"""The places of a file that an edit changes, each named by the block that it follows or is within."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.hcl.structure import Code

_CONTEXT = 3
"""Lines around a change within a block."""


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
    bodies = Code(text).bodies
    starts = [_with_comments(lines, body.line) for body in bodies]
    spans = pairwise([*starts, len(lines) + 1])
    return [
        Segment(body.address, start, _trimmed(lines[start - 1 : following - 1]))
        for body, (start, following) in zip(bodies, spans, strict=True)
    ]


def places(before: str, after: str) -> list[Place]:
    """Return the places in which two texts of a file differ, in order."""
    old, new = segments(before), segments(after)
    matcher = difflib.SequenceMatcher(a=[s.address for s in old], b=[s.address for s in new], autojunk=False)
    found: list[Place] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(old[old_from:old_to], new[new_from:new_to], strict=True)
            found += (_within(a, b) for a, b in pairs if a.lines != b.lines)
        else:
            previous = new[new_from - 1] if new_from else None
            found.append(_between(previous, old[old_from:old_to], new[new_from:new_to]))
    return found


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
    lines = list(_changed_lines(old.lines, new.lines))
    kept = {number for number, line in enumerate(lines) if line[0] != " "}
    shown = [n for n in range(len(lines)) if any(abs(n - other) <= _CONTEXT for other in kept)]
    diff: list[str] = []
    for position, number in enumerate(shown):
        if position and shown[position - 1] != number - 1:
            diff.append("  …")
        diff.append(lines[number].rstrip())
    first = next(n for n, line in enumerate(lines) if line[0] != " ")
    return Place(
        follows="",
        within=new.address,
        line=new.line + sum(line[0] != "-" for line in lines[:first]),
        diff=diff,
        addresses=[new.address],
        added=sum(line[0] == "+" for line in lines),
        removed=sum(line[0] == "-" for line in lines),
    )


def _changed_lines(old: list[str], new: list[str]) -> Iterator[str]:
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (f"  {line}" for line in old[old_from:old_to])
        else:
            yield from (f"- {line}" for line in old[old_from:old_to])
            yield from (f"+ {line}" for line in new[new_from:new_to])
