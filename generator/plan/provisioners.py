"""Programs that a plan's configuration would run, and that no file of the module declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.hcl.nodes import ModuleNode, Nodes
from generator.plan.verdict import Fault

_OF_TERRAFORM = frozenset(("connection", "on_failure", "when"))
"""What a provisioner says to Terraform. A plan's configuration does not tell it."""

PROGRAMS = frozenset(("external",))
"""Types of data sources that run a program."""


def undeclared_programs(resources: Sequence[Mapping[str, Any]], nodes: Nodes) -> Iterator[tuple[str, Fault]]:
    """Yield each block of a module's configuration that its files lack, or whose provisioners they lack."""
    for resource in resources:
        address = str(resource["address"])
        node = nodes.get(address)
        if node is None:
            yield address, Fault("", "not implied: no file of the module declares it")
            continue
        if list(_configured(resource)) != list(_written(node)):
            yield address, Fault("provisioner", "is configured, and not rendered")


def _configured(resource: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Yield the type of each provisioner, and the arguments that it is given."""
    for provisioner in resource.get("provisioners", []):
        yield str(provisioner.get("type")), set(provisioner.get("expressions", {}))


def _written(node: ModuleNode) -> Iterator[tuple[str, set[str]]]:
    for block in node.blocks("provisioner"):
        for type_, arguments in block.items():
            yield type_, set(arguments) - _OF_TERRAFORM if isinstance(arguments, dict) else set()
