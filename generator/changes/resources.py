"""What one edition's way to another does to each resource, by full address."""

from __future__ import annotations

from generator.changes.implied import Implied, implied_by
from generator.edition import Edition
from generator.hcl.nodes import Nodes


def implied_between(before: Edition | None, after: Edition) -> dict[str, Implied]:
    """Return what is implied for each resource that a change may touch.

    Hand-written files are taken as they are now, override files among them: their own changes are not the
    catalogue's, and what they read may be. A module with a new address is destroyed at the old one.
    """
    old = before.nodes_beside(after.companions) if before else after.companion_nodes
    new = after.module_nodes
    ways: list[tuple[str, Nodes, Nodes]] = [(after.address, old, new)]
    if before and before.address != after.address:
        ways = [(before.address, old, {}), (after.address, {}, new)]
    return {f"{address}.{one.address}": one for address, *way in ways for one in implied_by(*way)}
