"""Programs that a plan's configuration would run, and that no file of the module declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.hcl.nodes import Node, Nodes
from generator.plan.verdict import Fault

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
        configured = [provisioner.get("type") for provisioner in resource.get("provisioners", [])]
        if len(configured) != _number_of_provisioners(node):
            yield address, Fault("provisioner", "is configured, and not rendered")


def _number_of_provisioners(node: Node) -> int:
    blocks = node.arguments.get("provisioner", [])
    return len(blocks) if isinstance(blocks, list) else 0
