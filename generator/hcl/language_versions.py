"""Which version of Terraform brought what its language has.

Source: https://github.com/hashicorp/terraform/releases, the first release of each minor version.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.hcl.tokens import Token
from generator.hcl.version_constraints import Release, release


class NewerWord(NamedTuple):
    """A word of the language, what stands behind it, and the version of Terraform since which it is known."""

    word: str
    behind: str
    since: str

    @property
    def since_release(self) -> Release:
        return release(self.since)


_FUNCTIONS = {
    "1.10.0": "ephemeralasnull",
    "1.9.0": "templatestring",
    "1.8.0": "issensitive",
    "1.5.0": "plantimestamp strcontains",
    "1.3.0": "endswith startswith timecmp",
    "0.15.0": "nonsensitive one sensitive",
    "0.14.0": "alltrue anytrue textdecodebase64 textencodebase64",
    "0.13.0": "sum",
}
_WORDS = (
    NewerWord("provider", "::", "1.8.0"),
    NewerWord("postcondition", "{", "1.2.0"),
    NewerWord("precondition", "{", "1.2.0"),
    NewerWord("replace_triggered_by", "=", "1.2.0"),
    NewerWord("moved", "{", "1.1.0"),
    NewerWord("required_providers", "{", "0.13.0"),
    *(NewerWord(name, "(", since) for since, names in _FUNCTIONS.items() for name in names.split()),
)
_NEWER = {newer.word: newer for newer in _WORDS}

MAY_BE_NEWER = re.compile(rf"\b(?:{'|'.join(_NEWER)})\b")
"""What each text holds that has a newer word in it."""


def newer_words(tokens: Sequence[Token]) -> Iterator[tuple[Token, NewerWord]]:
    """Yield each newer word of a text, with its token."""
    for token, following in itertools.pairwise(tokens):
        newer = _NEWER.get(token.text)
        if newer and newer.behind == following.text:
            yield token, newer
