"""A module with override files, merged."""

from __future__ import annotations

from collections.abc import Mapping

from generator.files.companion import code_of
from generator.files.folder import is_override
from generator.hcl.nodes import ModuleNode, Nodes, gathered, nodes_in
from generator.hcl.overriding import overridden


def merged(files: Mapping[str, str]) -> Nodes:
    """Return a module's nodes as tfgen merges them."""
    nodes: dict[bool, list[ModuleNode]] = {False: [], True: []}
    for name in sorted(name for name in files if not name.startswith(".")):
        nodes[is_override(name)] += nodes_in(code_of(name, files[name].encode()))
    return overridden(gathered(nodes[False]), nodes[True])
