"""Cut a report to what the summary of a job's step takes.

Usage: `python -I summary.py < report.md >> "$GITHUB_STEP_SUMMARY"`. Needs nothing but Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `python -I` leaves it out
from action.cut import cut

LONGEST = 1 << 20
"""Bytes. Source: GitHub Actions documentation, "Workflow commands", "Step isolation and limits"."""

NOTE = "*The report goes on; `tfgen report` writes the whole of it.*"


def main() -> None:
    report = sys.stdin.buffer.read().decode("utf-8", "replace")
    sys.stdout.buffer.write(cut(report, LONGEST, NOTE, size=lambda text: len(text.encode())).encode())


if __name__ == "__main__":
    main()
