"""Each text of the rendered files is in the form in which Terraform reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.errors import Position, Problem
from generator.hcl.proof.proof import ProvenFile
from generator.hcl.tokens import tokens
from generator.hcl.write.composed import uncomposed
from generator.verify.module import MEND_TEXT, ProvenFiles, RenderedModule

_MAY_BE_UNCOMPOSED = re.compile(r"[^\x00-\x7f]|\\[uU]")
"""What each text holds that Terraform reads as another one."""


def texts_are_composed(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield each text that Terraform brings into another form. A catalogue's values are judged before."""
    for name, file in files.items():
        yield from _faults_of(file, module.path(name))


def _faults_of(proven: ProvenFile, file: str) -> Iterator[Problem]:
    for text, lines_before in proven.texts_with(_MAY_BE_UNCOMPOSED):
        for token, rejection in uncomposed(tokens(text)):
            place = Position.behind(file, text[: token.offset])
            yield Problem(place._replace(line=place.line + lines_before), "", rejection.what, MEND_TEXT)
