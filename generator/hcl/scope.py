"""A module's own blocks as the scope in which its expressions are evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.hcl.addresses import quoted
from generator.hcl.evaluated import (
    EACH,
    Evaluated,
    Traversal,
    Unknown,
    UnknownBlocks,
    follow,
    is_flat,
    members_of,
    pairs_of,
    reads_of,
    unknown,
)
from generator.hcl.evaluation import Bound, EvaluationScope, evaluated
from generator.hcl.nodes import LOCAL_VALUE, ModuleNode, Nodes
from generator.hcl.values import Expression, Value

MOST_NESTED_LOCALS = 20
"""Locals that may be read within each other's values before the rest is left to Terraform."""

MOST_VALUES = 1_000_000
"""Values that are made of one module in all. Without an end, twenty lines could stand for billions."""

_CHARACTERS_OF_A_VALUE = 100


class ModuleScope:
    """Finds locals and the literal arguments of resources; everything else is unknown."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self._locals: dict[str, Evaluated] = {}
        self._sizes: dict[str, int] = {}
        self._open: list[str] = []
        self._values_left = MOST_VALUES

    def find(self, traversal: Traversal) -> Evaluated:
        """Return the value of a traversal. Raises `EvaluationError` where a local has no such key."""
        root, *steps = traversal
        if root == "local" and steps:
            return self._of_local(traversal)
        return self.of_others(traversal)

    def spend(self, values: int) -> bool:
        """Tell whether as many values more may be made."""
        self._values_left -= values
        return self._values_left >= 0

    def of_others(self, traversal: Traversal) -> Evaluated:
        """Return the value of what is not a local."""
        return self.as_written(traversal)

    def as_written(self, traversal: Traversal) -> Evaluated:
        """Return what a literal argument of a resource says, where the traversal leads to one."""
        address, steps = self.locate(traversal)
        node = self.nodes.get(address)
        if node is not None and len(steps) == 1 and steps[0] in node.arguments:
            written = node.arguments[steps[0]]
            if isinstance(written, str | int | float | bool):
                return written
        read = traversal[: -len(steps) - 1] + steps if _reads_the_first(node, traversal, steps) else traversal
        return Unknown(".".join(read), frozenset([read]))

    def locate(self, traversal: Traversal) -> tuple[str, Traversal]:
        """Return the address of the block that a traversal leads to, and the steps behind it and an instance's key."""
        length = 3 if traversal[0] == "data" else 2
        address = ".".join(traversal[:length])
        steps = traversal[length:]
        return address, steps[_keys_before(self.nodes.get(address), steps) :]

    def argument(self, node: ModuleNode, name: str) -> Evaluated:
        """Return the value of an argument, or of the nested blocks of a name."""
        return of_value(node.arguments.get(name), self, name)

    def instance(self, node: ModuleNode, key: str) -> EvaluationScope:
        """Return the scope of a block's instance by its key in addresses; the module's own where there is none."""
        return (self.instances(node) or {}).get(key, self) if key else self

    def instances(self, node: ModuleNode) -> Mapping[str, Bound] | None:
        """Return the scope of each instance of a repeated block by its key in addresses; none where not known."""
        if "count" in node.arguments:
            number = self.argument(node, "count")
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < MOST_VALUES:
                return None
            return {str(index): Bound(self, {"count": {"index": index}}) for index in range(number)}
        keys = self.argument(node, "for_each")
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
            keys = {str(key): key for key in keys}
        if not isinstance(keys, dict):
            return None
        return {quoted(key): Bound(self, {"each": {"key": key, "value": value}}) for key, value in keys.items()}

    def _of_local(self, traversal: Traversal) -> Evaluated:
        name = traversal[1]
        node = self.nodes.get(f"local.{name}")
        if node is None:
            return Unknown(".".join(traversal), frozenset([traversal]))
        if name not in self._locals:
            self._locals[name] = self._fresh(name, node)
            self._sizes[name] = _size(self._locals[name])
        if not self.spend(self._sizes[name]):
            return Unknown(".".join(traversal), frozenset([traversal]))
        return follow(self._locals[name], traversal[2:])

    def _fresh(self, name: str, node: ModuleNode) -> Evaluated:
        unknown = Unknown(f"local.{name}", frozenset([("local", name)]))
        if name in self._open or len(self._open) == MOST_NESTED_LOCALS:
            return unknown
        self._open.append(name)
        value = self.argument(node, LOCAL_VALUE)
        self._open.pop()
        return value if is_flat(value) else unknown


def _keys_before(node: ModuleNode | None, steps: Traversal) -> int:
    """Return how many of the steps behind a block's address say which of its instances are meant: one or none."""
    if steps[:1] == (EACH,):
        return 1
    if node is None or not node.is_repeated or not steps:
        return 0
    return int("count" not in node.arguments or steps[0].isdecimal())


def _reads_the_first(node: ModuleNode | None, traversal: Traversal, steps: Traversal) -> bool:
    """Tell whether `x[0]` is read of a block with `count`: Terraform takes it for `x` where `count` comes or goes."""
    return node is not None and "count" in node.arguments and bool(steps) and traversal[-len(steps) - 1] == "0"


def of_value(value: Value, scope: EvaluationScope, name: str = "") -> Evaluated:
    """Return a written value with its expressions evaluated; `name` is that of the argument or the blocks."""
    if isinstance(value, Expression):
        return evaluated(value.tokens, scope)
    if isinstance(value, list):
        return [item for written in value for item in _items_of(written, scope, name)]
    if isinstance(value, dict):
        return {key: of_value(member, scope, key) for key, member in value.items()}
    return value


def _items_of(item: Value, scope: EvaluationScope, name: str) -> Sequence[Evaluated]:
    """A dynamic block, which is told by what it holds, writes a block for each element of a collection."""
    if not isinstance(item, dict) or not {"for_each", "content"} <= item.keys():
        return [of_value(item, scope)]
    elements, content = of_value(item["for_each"], scope), item["content"]
    named = item.get("iterator")
    iterator = named.text if isinstance(named, Expression) else name
    if not isinstance(elements, list | dict) or not scope.spend(len(elements)):
        each = _each_of(elements)
        found = unknown("dynamic", elements)
        bound = Bound(scope, {iterator: {"key": each, "value": each}})
        return [UnknownBlocks(found.text, found.reads, content=_listed(of_value(content, bound)))]
    scopes = [Bound(scope, {iterator: {"key": key, "value": element}}) for key, element in pairs_of(elements)]
    return [block for bound in scopes for block in _listed(of_value(content, bound))]


def _each_of(elements: Evaluated) -> Unknown:
    """Return an element of what is not known: it is called by the names that this depends on."""
    reads = reads_of(elements)
    return Unknown(", ".join(".".join(read) for read in sorted(reads)), reads)


def _listed(value: Evaluated) -> list[Evaluated]:
    return value if isinstance(value, list) else [value]


def _size(value: Evaluated) -> int:
    """Return how many values there are in one, long texts as several; counting ends where they are too many."""
    left, size = [value], 0
    while left and size <= MOST_VALUES:
        one = left.pop()
        size += 1 + (len(one) // _CHARACTERS_OF_A_VALUE if isinstance(one, str) else 0)
        left += members_of(one)
    return size
