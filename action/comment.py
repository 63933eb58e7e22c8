"""Post a report as the one comment of a pull request that is this catalogue's, or update it.

Usage: `python comment.py CATALOGUE < report.md`. Reads `GITHUB_API_URL`, `GITHUB_REPOSITORY`, `PULL_REQUEST` and
`TOKEN` from the environment. Needs nothing but Python.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

LONGEST = 65_536
"""Characters of a comment. Source: GitHub's REST API answers longer ones with 422."""

CUT = "\n\n*The report goes on; the whole of it is in the job's summary.*\n"
PAGE = 100
TIMEOUT = 30
"""Seconds."""


def main(catalogue: str) -> int:
    """Write the comment. A token without permission is told as a warning, for a fork's has none."""
    mark = f"<!-- tfgen report of {catalogue.replace('--', '-')} -->"
    body = _cut(f"{mark}\n{sys.stdin.read()}")
    try:
        present = next((c for c in _comments() if c["body"].startswith(mark)), None)
        if present is None:
            _call("POST", f"issues/{os.environ['PULL_REQUEST']}/comments", {"body": body})
        elif present["body"] != body:
            _call("PATCH", f"issues/comments/{present['id']}", {"body": body})
    except urllib.error.HTTPError as error:
        if error.code not in (401, 403, 404):
            raise
        print(f"::warning title=tfgen::the report is not commented: {error}; the job needs `pull-requests: write`")
    return 0


def _cut(body: str) -> str:
    """A fence that the cut leaves open is closed, so that the note below it is text."""
    if len(body) <= LONGEST:
        return body
    kept = body[: LONGEST - len(CUT) - len("\n```")].rpartition("\n")[0]
    is_open = sum(line.startswith("```") for line in kept.splitlines()) % 2
    return kept + ("\n```" if is_open else "") + CUT


def _comments() -> Iterator[dict[str, Any]]:
    number = 1
    while page := _call("GET", f"issues/{os.environ['PULL_REQUEST']}/comments?per_page={PAGE}&page={number}"):
        yield from page
        number += 1


def _call(method: str, path: str, content: object = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 - the runner sets the address
        f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}",
        method=method,
        data=None if content is None else json.dumps(content).encode(),
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}", "Accept": "application/vnd.github+json"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
