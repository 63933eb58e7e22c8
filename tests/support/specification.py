"""The specification's document, and the diffs in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.support.paths import DATA

DOCUMENT = (DATA / "worker-change.md").read_text("utf-8")


@dataclass(frozen=True)
class Hunk:
    """One of the document's diffs: the file it belongs to, what it shows as there, what it adds."""

    file: str
    context: list[str]
    added: list[str]


def hunks() -> list[Hunk]:
    found = []
    for part in re.split(r"^## File \d+: ", DOCUMENT, flags=re.MULTILINE)[1:]:
        file = re.match(r"`.*/(\S+)`", part)
        assert file
        for diff in re.findall(r"```diff\n(.*?)```", part, re.DOTALL):
            lines = diff.splitlines()
            context = [line[2:] for line in lines if not line.startswith("+")]
            added = [line[2:] for line in lines if line.startswith("+")]
            assert context[-1] == "", "the document parts each addition from its context by a blank line"
            found.append(Hunk(file[1], context[:-1], added))
    return found
