"""What changes by itself: a service that runs the newest revision is updated once a pipeline has registered one."""

from __future__ import annotations

from generator.changes.difference import Certainty
from generator.changes.implied import Action, Implied
from generator.hcl.nodes import ModuleNode

_ARGUMENT, _NEWEST = "task_definition", "data.aws_ecs_task_definition."


def with_newest_revision(implied: Implied | None, node: ModuleNode | None) -> Implied | None:
    """Return what is implied for a resource, and the update that it may have without any edit."""
    if node is None or not _runs_newest(node):
        return implied
    if implied is None:
        return Implied(node.address, Action.NOTHING, Action.UPDATE, {_ARGUMENT: Certainty.PERHAPS})
    if implied.at_most > Action.REPLACE:
        return implied
    arguments = {_ARGUMENT: Certainty.PERHAPS} | implied.arguments
    most = max(implied.at_most, Action.UPDATE)
    return Implied(implied.address, implied.at_least, most, arguments, implied.instances)


def _runs_newest(node: ModuleNode) -> bool:
    return any(one.address.startswith(_NEWEST) for one in node.references.get(_ARGUMENT, ()))
