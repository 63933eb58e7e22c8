"""What one edition's way to another does to each resource, by full address, and to each output."""

from __future__ import annotations

from collections.abc import Mapping

from generator.aws.resource_types import resource_type
from generator.changes.difference import Certainty
from generator.changes.implied import Action, Implied, implied_by, implied_outputs
from generator.edition import Edition
from generator.hcl.addresses import within
from generator.hcl.nodes import ModuleNode, Nodes


def implied_between(before: Edition | None, after: Edition) -> dict[str, Implied]:
    """Return what is implied for each resource that a change may touch.

    Hand-written files are taken as they are now, override files among them: their own changes are not the
    catalogue's, and what they read may be. A module with a new address is destroyed at the old one.
    """
    old, new = nodes_between(before, after)
    ways: list[tuple[str, Nodes, Nodes]] = [(after.address, old, new)]
    if before and before.address != after.address:
        ways = [(before.address, old, {}), (after.address, {}, new)]
    return {within(address, one.address): one for address, *way in ways for one in implied_by(*way)}


def kept_from_deletion(before: Edition | None, after: Edition, implied: Mapping[str, Implied]) -> dict[str, str]:
    """Return what goes and AWS deletes only when it is empty: the argument that changes that, by full address.

    `implied` is what `implied_between` returns for the two.
    """
    old, _ = nodes_between(before, after)
    found = {}
    for full, one in implied.items():
        node = old.get(one.address)
        if node and one.at_most in (Action.REPLACE, Action.DESTROY):
            argument = resource_type(node.type).emptied_by
            if argument and node.arguments.get(argument) is not True:
                found[full] = argument
    return found


def outputs_between(before: Edition | None, after: Edition) -> dict[str, Certainty]:
    """Return the name of each output of the module that comes, goes or may have another value."""
    return implied_outputs(*nodes_between(before, after))


def nodes_between(before: Edition | None, after: Edition) -> tuple[Nodes, Nodes]:
    """Return the nodes of the module before and after, with the hand-written files of now beside both."""
    old = before.nodes_beside(after.companions) if before else after.companion_nodes
    return moved(old, after), after.module_nodes


def written_before(before: Edition | None, after: Edition) -> Nodes:
    """Return the nodes of the module before, with the hand-written files of then: what these grant is told as well."""
    return moved(before.module_nodes if before else after.companion_nodes, after)


def moved(nodes: Nodes, after: Edition) -> Nodes:
    """Return the nodes of before under the addresses to which a module's `moved` blocks take them."""
    targets = {move.from_: move.to for move in after.moves if move.to not in nodes and move.to in after.module_nodes}
    return {targets.get(address, address): _at(node, targets) for address, node in nodes.items()}


def _at(node: ModuleNode, targets: Mapping[str, str]) -> ModuleNode:
    return node.called(targets[node.address]) if node.address in targets else node
