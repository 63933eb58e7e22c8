"""Of which types expressions are, by what a folder's hand-written files declare and what the provider's types have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from generator.aws.schema import aws
from generator.files.companion import nodes_of_companion
from generator.files.folder import Files
from generator.hcl.constraints import NUMBER, OBJECT, TEXT, TRUTH, Constraint, read_constraint
from generator.hcl.evaluated import Evaluated, Traversal, Unknown, constraint_of, follow
from generator.hcl.evaluation import evaluated
from generator.hcl.nodes import ModuleNode, gathered
from generator.hcl.scope import ModuleScope, of_value
from generator.hcl.tokens import Token, TokenError, tokens
from generator.hcl.values import Expression, Value

_DECLARING = (b"variable", b"locals")


class DeclaredTypes:
    """Tells types of expressions. It reads the files when it is first asked; one that is not Terraform says nothing."""

    def __init__(self, companions: Files) -> None:
        self._companions = companions
        self._told: dict[str, Constraint | None] = {}

    def __call__(self, expression: str) -> Constraint | None:
        """Return the type of an expression of Terraform's language; none where it is not known."""
        if expression not in self._told:
            self._told[expression] = constraint_of(evaluated(tokens(expression), self._scope))
        return self._told[expression]

    @cached_property
    def _scope(self) -> _TypedScope:
        return _TypedScope(gathered(node for name in sorted(self._companions) for node in self._nodes(name)))

    def _nodes(self, name: str) -> Sequence[ModuleNode]:
        content = self._companions[name]
        if not any(word in content for word in _DECLARING):
            return ()
        try:
            return nodes_of_companion(name, content)
        except (TokenError, UnicodeDecodeError):  # verification says so
            return ()


class _TypedScope(ModuleScope):
    """Variables are of the type that they declare, attributes of the type that the provider gives them.

    A variable without a type, or of the type `any`, takes any value, and one whose default is a number most likely gets
    numbers. A whole resource is an object, or a list or a map of several.
    """

    def of_others(self, traversal: Traversal) -> Evaluated:
        if traversal[0] in ("path", "terraform"):
            return _typed(traversal, TEXT)
        if traversal[0] == "var" and len(traversal) > 1:
            return follow(self._of_variable(traversal[:2]), traversal[2:])
        address, steps = self.locate(traversal)
        schema = aws().of_address(address)
        if schema is None or not address.rpartition(".")[2]:
            return self.as_written(traversal)
        if steps and (steps[0].isdecimal() or (len(steps) > 1 and steps[0] not in schema.exported)):
            steps = steps[1:]  # it is the key of an instance
        if not steps:
            return _typed(traversal, OBJECT)
        return follow(_typed(traversal, read_constraint(tokens(schema.type_of(steps[0]) or "any"))), steps[1:])

    def _of_variable(self, traversal: Traversal) -> Evaluated:
        node = self.nodes.get(f"variable.{traversal[1]}")
        if node is None:
            return _typed(traversal, None)
        written = node.arguments.get("type")
        declared = read_constraint(_tokens_of(written)) if written is not None else None
        if declared is not None:
            return _typed(traversal, declared)
        of_default = constraint_of(of_value(node.arguments.get("default"), self))
        return _typed(traversal, of_default if of_default in (NUMBER, TRUTH) else None)


def _tokens_of(constraint: Value) -> Sequence[Token]:
    """JSON, and Terraform up to 0.11, write a type constraint as a text."""
    return constraint.tokens if isinstance(constraint, Expression) else tokens(str(constraint))


def _typed(traversal: Traversal, constraint: Constraint | None) -> Unknown:
    return Unknown(".".join(traversal), frozenset([traversal]), constraint)
