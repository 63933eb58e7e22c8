"""A module's blocks with its override files merged over them, as Terraform merges these.

Source: Terraform's documentation, "Override Files", and `internal/configs/module_merge.go` of Terraform 1.11.4. What
Terraform refuses in such a file, as `depends_on`, or passes over, as `replace_triggered_by`, changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import or_

from generator.hcl.nodes import ModuleNode, Nodes
from generator.hcl.values import Expression, Value

_Arguments = dict[str, Value]

_RESOURCE, _SETTINGS = "resource", "terraform"

_KEPT = {
    _RESOURCE: ("depends_on",),
    "data": ("depends_on", "lifecycle"),
    "module": ("depends_on",),
    "output": ("depends_on", "precondition"),
    "variable": ("validation",),
}
"""What no override file changes, by the kind of block."""

_KEPT_WHOLE = ("check", "ephemeral")

_LIFECYCLE = "lifecycle"
_IGNORED, _ALL = "ignore_changes", Expression("all")
_TAKEN_OF_LIFECYCLE = ("create_before_destroy", "prevent_destroy", "action_trigger", _IGNORED)

_PLACES_OF_STATE = frozenset(("backend", "cloud", "state_store"))
"""Blocks of `terraform` that exclude each other."""


def overridden(nodes: Nodes, overrides: Iterable[ModuleNode]) -> Nodes:
    """Return nodes with those of override files merged over them, one after the other.

    To override what a module does not have is an error of Terraform's, and left out.
    """
    found = dict(nodes)
    for override in overrides:
        base = found.get(override.address) or _unwritten(override)
        if base:
            found[override.address] = _merged(base, taken(override))
    return found


def taken(override: ModuleNode) -> ModuleNode:
    """Return what Terraform takes of a block in an override file."""
    kind = _kind(override)
    node = override.without(override.arguments if kind in _KEPT_WHOLE else _KEPT.get(kind, ()))
    lifecycle = {name: value for name, value in _only(node, _LIFECYCLE).items() if name in _TAKEN_OF_LIFECYCLE}
    if lifecycle.get(_IGNORED) == []:  # this takes back nothing of what is ignored
        del lifecycle[_IGNORED]
    node = node.without([_LIFECYCLE])
    return node.saying(node.arguments | {_LIFECYCLE: [lifecycle]}, node.references) if lifecycle else node


def _kind(node: ModuleNode) -> str:
    """Return the word that a block's address begins with; a resource's has none."""
    first = node.address.partition(".")[0]
    return _RESOURCE if "_" in first else first


def _unwritten(override: ModuleNode) -> ModuleNode | None:
    """Return a block that is there, and empty, where nobody writes it: settings, and a provider without an alias."""
    kind = _kind(override)
    is_there = kind == _SETTINGS or (kind == "provider" and "alias" not in override.arguments)
    return override.without(override.arguments) if is_there else None


def _merged(base: ModuleNode, override: ModuleNode) -> ModuleNode:
    """An argument takes the place of that with its name, and nested blocks of all blocks of their type."""
    kind = _kind(base)
    if kind == _SETTINGS and _PLACES_OF_STATE & override.arguments.keys():
        base = base.without(_PLACES_OF_STATE)
    merged = base.joined(override)
    blocks: _Arguments = {
        type_: [merge(_only(base, type_), _only(override, type_))]
        for type_, merge in _MERGED_WITHIN.get(kind, {}).items()
        if type_ in override.arguments
    }
    return merged.saying(merged.arguments | blocks, merged.references)


def _only(node: ModuleNode, type_: str) -> _Arguments:
    """Return the arguments of the one nested block of a type; none where there is no block."""
    return next(iter(node.blocks(type_)), {})


def _lifecycle(base: _Arguments, override: _Arguments) -> _Arguments:
    """Where all changes are ignored already, no override file takes that back."""
    return base | override | ({_IGNORED: _ALL} if base.get(_IGNORED) == _ALL else {})


_MERGED_WITHIN: Mapping[str, Mapping[str, Callable[[_Arguments, _Arguments], _Arguments]]] = {
    _RESOURCE: {_LIFECYCLE: _lifecycle},
    _SETTINGS: {"required_providers": or_},
}
"""Nested blocks that are merged argument by argument, by the kind of block that they stand in."""
