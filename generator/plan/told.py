"""Verdicts in words: a table for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from generator.errors import json_text, plural
from generator.output.findings import annotation
from generator.output.table import Rows, print_table
from generator.plan.verdict import Verdict


def print_verdicts(verdicts: Sequence[Verdict], stream: IO[str], colour: bool) -> None:
    """Print a line for each verdict."""
    rows = Rows(("ADDRESS", "IMPLIED", "PLANNED", "VERDICT"))
    for one in verdicts:
        cells = (one.address, one.implied, one.planned, "; ".join(map(str, one.faults)) or "holds")
        rows.add(cells, style="red" if one.faults else "")
    if verdicts:
        print_table(rows, stream, colour)


def summary(verdicts: Sequence[Verdict], base: str) -> str:
    """Return the verdicts in a sentence."""
    broken = sum(bool(verdict.faults) for verdict in verdicts)
    if broken:
        of_all = f"{broken} of {plural(len(verdicts), 'resource')} {'does' if broken == 1 else 'do'}"
        return f"broken: {of_all} not do what the catalogue's change since {base} implies"
    if not verdicts:
        return f"holds: the catalogue's change since {base} implies nothing, and nothing is planned"
    said = f"holds: the plan does what the catalogue's change since {base} implies, and nothing else"
    return "; ".join([said, *open_points(verdicts)])


def to_json(verdicts: Sequence[Verdict], base: str) -> str:
    """Return the verdicts for programs; `docs/verify-plan.schema.json` is the schema."""
    return json_text(
        {
            "holds": not any(one.faults for one in verdicts),
            "base": base,
            "pending": sum(one.pending for one in verdicts),
            "unjudged": sum(one.unjudged for one in verdicts),
            "verdicts": [
                one._asdict() | {"holds": not one.faults, "faults": [fault._asdict() for fault in one.faults]}
                for one in verdicts
            ],
        }
    )


def to_github(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield an annotation for each verdict that does not hold. A plan has no file and no line to show it at."""
    for one in verdicts:
        if one.faults:
            yield annotation("error", [f"{one.address}: {'; '.join(map(str, one.faults))}"])


def open_points(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield in words how many values could not be held to anything."""
    pending, unjudged = sum(one.pending for one in verdicts), sum(one.unjudged for one in verdicts)
    if pending:
        yield f"{plural(pending, 'value')} {'is' if pending == 1 else 'are'} known only after the apply"
    if unjudged:
        yield f"only Terraform can evaluate {plural(unjudged, 'value')}"
