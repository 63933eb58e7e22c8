"""What the hand-written files of a module declare that Terraform takes once, so that it is not written again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from generator.hcl.nodes import ModuleNode

_TERRAFORM = "terraform"


@dataclass(frozen=True)
class ModuleDeclarations:
    """The `addresses` that files declare, and what their `terraform` blocks say.

    `required_version` is the constraint for Terraform, if there is one. `providers_in` is the name of the file that has
    `required_providers`, and `aws` the constraint in it for the AWS provider, if there is one.
    """

    addresses: frozenset[str] = frozenset()
    required_version: str | None = None
    providers_in: str = ""
    aws: str | None = None

    def has(self, address: str) -> bool:
        return address in self.addresses


NOTHING_DECLARED = ModuleDeclarations()


def declared_in(files: Iterable[tuple[str, Collection[ModuleNode]]]) -> ModuleDeclarations:
    """Return what files declare, given each file's name and its blocks."""
    addresses: set[str] = set()
    required_version: str | None = None
    providers_in, aws = "", None
    for name, nodes in files:
        addresses.update(node.address for node in nodes)
        for node in nodes:
            if node.address == _TERRAFORM:
                required_version = _text(node.arguments.get("required_version")) or required_version
                for providers in _mappings(node.arguments.get("required_providers")):
                    providers_in, aws = name, _text(_version(providers.get("aws"))) or aws
    return ModuleDeclarations(frozenset(addresses), required_version, providers_in, aws)


def _mappings(blocks: object) -> list[Mapping[str, object]]:
    return [block for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []


def _version(provider: object) -> object:
    """Return a provider's constraint: Terraform up to 0.12 has it alone, in place of an object."""
    return provider.get("version") if isinstance(provider, Mapping) else provider


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
