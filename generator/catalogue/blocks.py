"""The blocks of Terraform that a catalogue implies."""

from __future__ import annotations

from dataclasses import dataclass

from generator.source.source import Key


@dataclass(frozen=True)
class Block:
    """A top-level block: its address in the module, the catalogue entry behind it, its name in AWS if it has one.

    `named_at` is the entry that chooses its name. `within` is the address of what the name is unique in; without one,
    it is unique in the account.
    """

    address: str
    entry: Key
    name: str = ""
    named_at: Key = ()
    within: str = ""

    @property
    def name_entry(self) -> Key:
        """The catalogue entry behind its name."""
        return self.named_at or self.entry

    @property
    def type(self) -> str:
        """The resource's or data source's type, or the kind of any other block."""
        return self.address.rpartition(".")[0] or self.address
