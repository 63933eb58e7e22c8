"""What a block's `lifecycle` says of its changes.

Source: Terraform's documentation, "The lifecycle Meta-Argument".
"""

from __future__ import annotations

from typing import NamedTuple

from generator.changes.difference import Certainty
from generator.hcl.evaluated import Traversal
from generator.hcl.evaluation import traversals
from generator.hcl.nodes import ModuleNode
from generator.hcl.values import Expression, Value

_ALL = "all"


class Lifecycle(NamedTuple):
    """`ignored` are the arguments whose changes count for nothing, `ignored_in_part` those with such members."""

    ignored: frozenset[str] = frozenset()
    ignored_in_part: frozenset[str] = frozenset()
    triggers: tuple[Traversal, ...] = ()
    prevents_destroy: bool = False
    creates_first: bool = False

    def counts(self, argument: str) -> Certainty:
        """Tell how sure a sure change of an argument is to change the resource."""
        if self.ignores(argument):
            return Certainty.NO
        return Certainty.PERHAPS if argument in self.ignored_in_part else Certainty.YES

    def ignores(self, argument: str) -> bool:
        """Tell whether changes of an argument are ignored."""
        return argument in self.ignored or _ALL in self.ignored


def lifecycle_of(node: ModuleNode) -> Lifecycle:
    """Return what a node's `lifecycle` block says; a resource has at most one."""
    blocks = node.arguments.get("lifecycle")
    block = blocks[0] if isinstance(blocks, list) and blocks else {}
    if not isinstance(block, dict):
        return Lifecycle()
    ignored = _traversals_in(block.get("ignore_changes"))
    return Lifecycle(
        ignored=frozenset(one[0] for one in ignored if len(one) == 1),
        ignored_in_part=frozenset(one[0] for one in ignored if len(one) > 1),
        triggers=tuple(_traversals_in(block.get("replace_triggered_by"))),
        prevents_destroy=block.get("prevent_destroy") is True,
        creates_first=block.get("create_before_destroy") is True,
    )


def _traversals_in(value: Value) -> list[Traversal]:
    items = value if isinstance(value, list) else [value]
    return [traversal for item in items if isinstance(item, Expression) for traversal in traversals(item.tokens)]
