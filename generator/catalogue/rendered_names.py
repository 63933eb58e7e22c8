"""Names in AWS as they are rendered: a template of the project may give other ones than the catalogue."""

from __future__ import annotations

from generator.catalogue.named import NAMING, NameInAws, Told
from generator.hcl.evaluated import Pattern, Unknown
from generator.hcl.nodes import Nodes
from generator.hcl.scope import ModuleScope


class RenderedNames:
    """What the blocks of a module are called."""

    def __init__(self, nodes: Nodes) -> None:
        self._scope = ModuleScope(nodes)

    def told(self, text: Told) -> str:
        """Return a text as a reader gets it. A part that only Terraform can evaluate is in it as `${...}`."""
        return text if isinstance(text, str) else self._name(text) + text.behind

    def _name(self, name: NameInAws) -> str:
        node = self._scope.nodes.get(name.address)
        argument = next((one for one in NAMING if node and one in node.arguments), None)
        if node is None or argument is None:
            return name.by_catalogue
        value = self._scope.argument(node, argument)
        parts = value.parts if isinstance(value, Pattern) else (value,)
        return "".join(f"${{{part}}}" if isinstance(part, Unknown) else str(part) for part in parts)
