"""A project's own templates that take no effect, such as one whose name is misspelt."""

from __future__ import annotations

import os
import posixpath
import re

from generator.errors import Position, Problem, nearest
from generator.rendering.render import Overrides, built_in_templates

_QUOTE = re.compile(rb"[\"']")


def unused_templates(overrides: Overrides) -> list[Problem]:
    """Return a warning for each template that this render did not use and that no render would use."""
    if not overrides.contents:
        return []
    folder = built_in_templates()
    built_in = [path.relative_to(folder).as_posix() for path in folder.rglob("*.j2")]
    passed_over = sorted(overrides.contents.keys() - overrides.loaded - {*built_in})
    named = _named_by_another(overrides)
    return [
        _warning(overrides.folder_name, name, nearest(name, built_in))
        for name in passed_over
        if name not in named and _looks_like_a_template(name, built_in)
    ]


def _looks_like_a_template(name: str, built_in: list[str]) -> bool:
    """A note for readers or an editor's hidden file may be there. `banner.tf` without `.j2` looks like a mistake."""
    is_hidden = posixpath.basename(name).startswith(".")
    return not is_hidden and (name.endswith(".j2") or nearest(name, built_in) is not None)


def _named_by_another(overrides: Overrides) -> set[str]:
    """Return the templates whose name another template has in quotes.

    An include under a condition counts even if the condition is false.
    """
    names = {os.fsencode(name): name for name in overrides.contents}
    return {
        names[word]
        for other, content in overrides.contents.items()
        for word in _QUOTE.split(content)
        if word in names and names[word] != other
    }


def _warning(folder_name: str, name: str, near: str | None) -> Problem:
    what = "it has no effect: no built-in template has its name, and no template includes it"
    remedy = f"did you mean `{folder_name}/{near}`?" if near else "include it, or remove it"
    return Problem(Position(f"{folder_name}/{name}"), "", what, remedy, "warning")
