"""Post a report as the one comment of a pull request that is this catalogue's, or update it.

Usage: `python -I comment.py CATALOGUE < report.md`. Reads `GITHUB_API_URL`, `GITHUB_REPOSITORY`, `PULL_REQUEST` and
`TOKEN` from the environment. Needs nothing but Python.
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `python -I` leaves it out
from action.cut import cut

LONGEST = 65_536
"""Characters of a comment. Source: GitHub's REST API, which answers "Body is too long (maximum is 65536 characters)".

It was seen to take four times as many bytes, whatever the characters: these fit in either way.
"""

NOTE = "*The report goes on in the job's summary.*"

AUTHOR_OF_THE_JOBS_TOKEN = "github-actions[bot]"  # noqa: S105 - a name
"""Source: GitHub Actions documentation, "GITHUB_TOKEN". No user can have a name with brackets."""

PER_PAGE = 100
PAGES = 25
"""GitHub takes no comment on what has 2,500 already, and says so in its answer."""

TIMEOUT = 30
"""Seconds."""

NO_PERMISSION = (401, 403, 404)


class NotCommentedError(Exception):
    """Why there is no comment, where GitHub does not refuse it."""


def main(catalogue: str) -> None:
    """Write the comment. That it cannot be written is a warning: a fork's token may not, and the summary has it all."""
    mark = f"<!-- tfgen report of {re.sub('-{2,}', '-', catalogue)} -->"
    report = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        _write(mark, cut(f"{mark}\n{report}", LONGEST, NOTE))
    except (OSError, HTTPException, NotCommentedError) as error:
        _warn(f"the report is not commented: {error}; {_remedy(error)}")


def _write(mark: str, body: str) -> None:
    author = _author()
    present = next((comment for comment in _comments() if _is_ours(comment, mark, author)), None)
    if present is None:
        _call("POST", f"{_issues()}/{os.environ['PULL_REQUEST']}/comments", {"body": body})
    elif present["body"] != body:
        _call("PATCH", f"{_issues()}/comments/{present['id']}", {"body": body})


def _author() -> str:
    """Return the name under which the token comments. The job's own is an app's, and may not ask for its user."""
    try:
        user = _call("GET", "user")
    except urllib.error.HTTPError as error:
        if error.code != 403:
            raise
        return AUTHOR_OF_THE_JOBS_TOKEN
    match user:
        case {"login": str(login)}:
            return login
    raise NotCommentedError("GitHub does not tell whose the token is")


def _comments() -> Iterator[Any]:
    for number in range(1, PAGES + 1):
        page = _call("GET", f"{_issues()}/{os.environ['PULL_REQUEST']}/comments?per_page={PER_PAGE}&page={number}")
        if not isinstance(page, list):
            raise NotCommentedError("GitHub answers with something else than comments")
        yield from page
        if len(page) < PER_PAGE:
            return


def _is_ours(comment: object, mark: str, author: str) -> bool:
    """Anybody may write a comment that begins with the mark."""
    match comment:
        case {"id": int(), "body": str(body), "user": {"login": str(login)}}:
            return login == author and body.startswith(mark)
    return False


def _issues() -> str:
    """To the API, a pull request is an issue."""
    return f"repos/{os.environ['GITHUB_REPOSITORY']}/issues"


def _call(method: str, path: str, content: object = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 - the runner sets the address
        f"{os.environ['GITHUB_API_URL']}/{path}",
        method=method,
        data=None if content is None else json.dumps(content).encode(),
        headers={"Authorization": f"Bearer {_token()}", "Accept": "application/vnd.github+json"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        text = answer.read()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NotCommentedError("GitHub's answer is not JSON") from None


def _token() -> str:
    """Return the token. A line break in it would be told with all of it, by Python."""
    token = os.environ["TOKEN"].strip()
    if not (token.isascii() and token.isprintable()):
        raise NotCommentedError("TOKEN holds characters that are of no token")
    return token


def _remedy(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError) and error.code in NO_PERMISSION:
        return "the job needs `pull-requests: write`"
    return "it stands in the job's summary"


def _warn(text: str) -> None:
    """Source of the escapes: GitHub's actions/toolkit, `packages/core/src/command.ts`."""
    print("::warning title=tfgen::" + text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


if __name__ == "__main__":
    main(*sys.argv[1:])
