"""Each text of the rendered files is in the form in which Terraform reads it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Position, Problem
from generator.hcl.proof.proof import Fragment
from generator.hcl.tokens import tokens
from generator.hcl.write.composed import is_composed, uncomposed
from generator.verify.module import MEND_TEXT, Fragments, RenderedModule


def texts_are_composed(module: RenderedModule, fragments: Fragments) -> Iterator[Problem]:
    """Yield each text that Terraform brings into another form. A catalogue's values are judged before.

    A shape holds all texts with escapes: where one part is sound, all of its shape are that are composed as they stand.
    """
    sound: set[str] = set()
    for name, parts in fragments.items():
        for part in parts:
            if part.shape is None or part.shape.key not in sound or not is_composed(part.text):
                faults = list(_faults_of(part, module.path(name)))
                yield from faults
                if part.shape and not faults:
                    sound.add(part.shape.key)


def _faults_of(part: Fragment, file: str) -> Iterator[Problem]:
    for token, rejection in uncomposed(tokens(part.text)):
        place = Position.behind(file, part.text[: token.offset])
        yield Problem(place._replace(line=place.line + part.lines_before), "", rejection.what, MEND_TEXT)
