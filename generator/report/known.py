"""The values of outputs that can be known before an apply."""

from __future__ import annotations

from collections.abc import Collection

from generator.aws.resource_types import resource_type
from generator.catalogue.named import NAMING
from generator.edition import Edition
from generator.hcl.nodes import ModuleNode
from generator.hcl.references import Reference
from generator.hcl.values import Expression

UNKNOWN = "(known after apply)"


def output_values(edition: Edition, families_before: Collection[str]) -> dict[str, str]:
    """Return each output's name and value; account and region stand as words.

    A task definition that is not among `families_before`, by address, gets revision 1; of others the number is not
    known.
    """
    outputs = [node for node in edition.nodes.values() if node.type == "output"]
    return {node.address.rpartition(".")[2]: _value(edition, node, families_before) for node in outputs}


def _value(edition: Edition, output: ModuleNode, families_before: Collection[str]) -> str:
    reference = _only_reference(output)
    if reference is None or reference.address not in edition.nodes:
        return UNKNOWN
    texts = _texts_of(edition, reference.address)
    if reference.attribute in texts:
        return texts[reference.attribute]
    texts |= {"cluster": edition.names.told(edition.catalogue.cluster_in_use.told)}
    texts |= {"revision": "REVISION" if reference.address in families_before else "1"}
    try:
        pattern = resource_type(reference.type).computed[reference.attribute]
        return pattern.replace("arn:aws:", f"arn:{_partition(edition)}:", 1).format_map(texts)
    except KeyError:
        return UNKNOWN


def _texts_of(edition: Edition, address: str) -> dict[str, str]:
    """Return the arguments of a block that are texts. For a name that the catalogue gives, nobody reads the block."""
    name = edition.names_by_catalogue.get(address)
    if name is not None:
        return dict.fromkeys(NAMING, name)
    return {name: value for name, value in edition.nodes[address].arguments.items() if isinstance(value, str)}


def _partition(edition: Edition) -> str:
    """Which one the account is of is not known before an apply, as the account itself."""
    return "PARTITION" if edition.catalogue.has_own_partition else edition.catalogue.partition


def _only_reference(output: ModuleNode) -> Reference | None:
    """Return what an output reads, where its value is that and nothing else."""
    value, references = output.arguments.get("value"), output.references.get("value", [])
    if not isinstance(value, Expression) or len(references) != 1:
        return None
    reference = references[0]
    return reference if value.text.replace(" ", "") == f"{reference.address}.{reference.attribute}" else None
