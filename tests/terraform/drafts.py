"""A module as its author has it, and the real plans of what becomes of it."""

from __future__ import annotations

from functools import cached_property

from generator.edition import Edition
from generator.verify.verify import verify
from tests.support.rendering import module_of
from tests.terraform.stack import Files, Plan


class Draft:
    """A catalogue's text, whose `module.address` is `ADDRESS`, and the files that are written beside it."""

    def __init__(self, catalogue: str, companions: Files) -> None:
        self._catalogue, self._companions = catalogue, companions

    @cached_property
    def edition(self) -> Edition:
        """What it renders, verified."""
        companions = {name.removesuffix(".tf"): text for name, text in self._companions.items()}
        module = module_of(self._catalogue, **companions)
        verify(module)
        return Edition(module.source, module.catalogue, module.files, module.companions)

    @property
    def files(self) -> dict[str, str]:
        """The module's folder."""
        return {**self._companions, **{file.name: file.text for file in self.edition.files}}


def actions(plan: Plan) -> dict[str, list[str]]:
    """Return what a plan does to each managed resource of the module that it does not leave alone."""
    return {
        change["address"].removeprefix("module.generated."): change["change"]["actions"]
        for change in plan["resource_changes"]
        if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
    }
