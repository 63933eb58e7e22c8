"""What a catalogue says in Terraform's own names is of a block that it renders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set

from generator.catalogue.blocks import Block
from generator.catalogue.model import Catalogue
from generator.catalogue.provider_types import SHARED_TYPES, type_of_block
from generator.catalogue.rules.rule import CatalogueRule
from generator.errors import Severity, likely, nearest
from generator.settings.breach import Breach

_TERRAFORM = "terraform"


def _every_block_is_rendered(catalogue: Catalogue) -> Iterator[Breach]:
    """Check what each layer says. What lies under the services need not reach each of them."""
    if not hasattr(catalogue, "network"):
        return  # the catalogue has errors, and not all of its blocks are known
    under = getattr(catalogue.defaults, _TERRAFORM, {})
    if catalogue.terraform:
        for name in catalogue.terraform.keys() - _names(catalogue.main_blocks):
            yield _without_effect(name, catalogue.main_blocks).below(_TERRAFORM)
    if under:
        of_services = _names(block for service in catalogue.services.values() for block in service.blocks())
        for name in under.keys() - of_services:
            yield _without_effect(name, catalogue.main_blocks).below(_TERRAFORM).below("defaults")
    yield from _not_of_its_service(catalogue, under.keys() | catalogue.terraform.keys())


def _not_of_its_service(catalogue: Catalogue, below: Set[str]) -> Iterator[Breach]:
    """Yield what a service itself says of a block that it does not have. `below` is said under all services."""
    for key, service in catalogue.services.items():
        said = getattr(service, _TERRAFORM, {})
        for name in said.keys() - below if said else ():
            blocks = list(service.blocks())
            if name not in _names(blocks):
                what = f"{service.kind} {key} renders no {name}"
                found = Breach((name,), what, _remedy(name, _alike(name, blocks)), at_key=True)
                yield found.below(_TERRAFORM).below(key).below("services")


def _without_effect(name: str, blocks: Iterable[Block]) -> Breach:
    """An address that no block has is misspelt; of a type, there may be no block yet."""
    what = f"this catalogue renders no {name}"
    severity: Severity = "error" if "." in name else "warning"
    remedy = likely(name, _alike(name, blocks)) if "." in name else "remove it"
    return Breach((name,), what, remedy, severity, at_key=True)


def _remedy(name: str, others: Collection[str]) -> str:
    """Return what to do about a name of none of a service's blocks. The services may share the one that is meant."""
    if type_of_block(name) in SHARED_TYPES and not nearest(name, others):
        return "write it under `terraform` at the top, which reaches what the services share"
    return likely(name, others)


def _names(blocks: Iterable[Block]) -> set[str]:
    """Return the types and addresses of blocks."""
    return {name for block in blocks for name in (block.address, block.type)}


def _alike(name: str, blocks: Iterable[Block]) -> Collection[str]:
    """Return the addresses of blocks where the name is one, and else their types."""
    found = [block.address if "." in name else block.type for block in blocks if block.address.startswith("aws_")]
    return list(dict.fromkeys(found))


TERRAFORM_REACHES_A_BLOCK = CatalogueRule("terraform-reaches-a-block", "docs/catalogue.md", _every_block_is_rendered)
