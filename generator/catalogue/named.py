"""Names of blocks in AWS, in what a reader is told."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

NAMING = ("name", "family")
"""The arguments that give a block its name. Only a task definition has a family."""


class NameInAws(NamedTuple):
    """The name of a block: its address, what the catalogue calls it, and what is told right behind the name."""

    address: str
    by_catalogue: str
    behind: str = ""


Told: TypeAlias = str | NameInAws
"""A text for a reader. What a block is called depends on what is rendered."""
