"""A module's blocks as a scope in which policy documents are the policies that their statements make."""

from __future__ import annotations

from generator.aws.policy import DOCUMENT, DOCUMENT_TEXTS, policy_of_document
from generator.hcl.evaluated import Evaluated, Json, Traversal
from generator.hcl.scope import ModuleScope


class PolicyScope(ModuleScope):
    """Finds also the policies of `data.aws_iam_policy_document`."""

    def of_others(self, traversal: Traversal) -> Evaluated:
        """Return the value of what is not a local."""
        policy = self._policy(traversal)
        return self.of_block(traversal) if policy is None else policy

    def of_block(self, traversal: Traversal) -> Evaluated:
        """Return the value of what is not a policy either."""
        return self.as_written(traversal)

    def _policy(self, traversal: Traversal) -> Evaluated:
        address, steps = self.locate(traversal)
        node = self.nodes.get(address)
        if node is None or node.type != DOCUMENT or steps not in DOCUMENT_TEXTS:
            return None
        arguments = {name: self.argument(node, name) for name in node.arguments}
        return Json(policy_of_document(arguments), frozenset([traversal]))
