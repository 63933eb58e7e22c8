"""What a service says of its blocks in Terraform's own names, beside what the other settings say."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.adjustments import Adjustment, adjustments_of
from generator.catalogue.provider_types import Adjustments, type_of_block
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Scope, Use
from generator.catalogue.written_arguments import contradictions
from generator.settings.breach import Breach
from generator.settings.objects import Entries
from generator.settings.parts import setting


def _it_contradicts_no_setting(service: TerraformUse, shared: Shared) -> Iterator[Breach]:
    for name, entries in service.terraform.items():
        for breach in contradictions(service, type_of_block(name), entries):
            yield breach.below(name).below("terraform")


class TerraformUse(Use):
    """Arguments and blocks that the catalogue has no key for."""

    position = 200
    scope = Scope.ALL

    terraform: dict[str, Entries] = setting(
        Adjustments(tuple),  # each kind has the types of its own blocks
        "What the service's resources hold beside, by their types: arguments and blocks as Terraform names them. "
        "`null` leaves out what tfgen would write.",
        default={},
    )

    rules = (
        Rule(
            "no-contradiction",
            frozenset({"terraform"}),
            "docs/catalogue.md",
            _it_contradicts_no_setting,
        ),
    )

    def said_of(self, type_: str) -> Entries:
        """Return what is said of its block of a type."""
        said = (one.said for one in TerraformUse.adjustments(self) if type_of_block(one.address) == type_)
        return next(said, {})

    def adjustments(self) -> Iterator[Adjustment]:
        return adjustments_of(self.blocks(), self.terraform, self.entry("terraform"))
