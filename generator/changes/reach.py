"""What each role may do, read from what is rendered: policies, attachments, boundaries, and who may assume it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from json import dumps
from typing import NamedTuple

from generator.aws.policy import PolicyStatement, statements_of
from generator.changes.policies import PolicyScope
from generator.changes.staying import staying
from generator.hcl.evaluated import Evaluated, Json, Pattern, Unknown, as_list, reads_of
from generator.hcl.evaluation import EvaluationScope
from generator.hcl.json_text import value_of_json
from generator.hcl.nodes import ModuleNode, Nodes
from generator.hcl.scope import of_value

_ROLE = "aws_iam_role"

EXCEPT = "everything except "
"""Before what a statement excepts."""

_OF_IAM = "aws_iam_"
"""How the address of each block begins that says what a role may do."""


class PermissionKind(Enum):
    """In which way a role gets a permission, and how that is said of an action and a resource."""

    STATEMENT = "{} on {}"
    MANAGED = "the managed policy {1}"
    TRUST = "{} for {}"
    NOT_DENIED = "{} on {}, which was denied"
    DENIED = "{} on {}, which is denied"
    NOT_BOUND = "what the boundary {1} forbade"
    BOUND = "what the boundary {1} forbids"
    UNREAD = "what {1} grants"
    UNREAD_TRUST = "trust in the principals that {1} names"

    @property
    def opposite(self) -> PermissionKind:
        """What it is called where it is taken away: a denial that goes is a permission that comes."""
        return _OPPOSITES.get(self, self)


_OPPOSITES = {
    PermissionKind.DENIED: PermissionKind.NOT_DENIED,
    PermissionKind.BOUND: PermissionKind.NOT_BOUND,
}


@dataclass(frozen=True)
class Permission:
    """A role by its address in the module, and an action of IAM that it may do on a resource, as catalogue text.

    `block` is the address of the block that says so.
    """

    role: str
    action: str
    resource: str
    kind: PermissionKind = PermissionKind.STATEMENT
    block: str = field(default="", compare=False)

    @property
    def takes_away(self) -> bool:
        """Whether a role may do less with it."""
        return self.kind in _OPPOSITES


class Reach(NamedTuple):
    """What roles may do: the permissions that are gained and lost on the way to another module."""

    gained: list[Permission]
    lost: list[Permission]


def reach_between(before: Nodes, after: Nodes) -> Reach:
    """Return every way in which the reach of a role grows, and every way in which it shrinks."""
    if not _may_differ(before, after):
        return Reach([], [])
    old, new = permissions_in(before), permissions_in(after)
    come, gone = _only_in(new, old), _only_in(old, new)
    return Reach(
        gained=[one for one in come if not one.takes_away] + [_opposite(one) for one in gone if one.takes_away],
        lost=[one for one in gone if not one.takes_away] + [one for one in come if one.takes_away],
    )


def _may_differ(before: Nodes, after: Nodes) -> bool:
    stay = staying(before, after)
    return any(address.startswith(_OF_IAM) and address not in stay for address in before.keys() | after.keys())


def permissions_in(nodes: Nodes) -> list[Permission]:
    """Return every permission that a module's blocks give or take, each once, in the order of the text."""
    return list(dict.fromkeys(_Reader(nodes).permissions()))


def _only_in(some: list[Permission], others: list[Permission]) -> list[Permission]:
    known = set(others)
    return [permission for permission in some if permission not in known]


def _opposite(permission: Permission) -> Permission:
    return Permission(
        permission.role, permission.action, permission.resource, permission.kind.opposite, permission.block
    )


class _Reader:
    def __init__(self, nodes: Nodes) -> None:
        self._nodes, self._scope = nodes, PolicyScope(nodes)
        self._roles_by_name = {
            name: node.address
            for node in nodes.values()
            if node.type == _ROLE and isinstance(name := self._scope.argument(node, "name"), str)
        }
        self._policies_by_name = {
            name: node
            for node in nodes.values()
            if node.type == "aws_iam_policy" and isinstance(name := self._scope.argument(node, "name"), str)
        }

    def permissions(self) -> Iterator[Permission]:
        for node in self._nodes.values():
            if node.address.startswith(_OF_IAM):
                yield from (one for scope in self._instances(node) for one in self._of_node(node, scope))

    def _instances(self, node: ModuleNode) -> list[EvaluationScope]:
        """A repeated block gives its permissions once for each of its instances, as far as these are known."""
        if not node.is_repeated:
            return [self._scope]
        found = self._scope.instances(node)
        return [self._scope] if found is None else list(found.values())

    def _of_node(self, node: ModuleNode, scope: EvaluationScope) -> Iterator[Permission]:
        match node.type:
            case "aws_iam_role":
                yield from self._of_role(node, scope)
            case "aws_iam_role_policy":
                policy = self._argument(node, "policy", scope)
                yield from self._of_policy(self._role(node, "role", scope), policy, node)
            case "aws_iam_role_policy_attachment":
                arn = self._argument(node, "policy_arn", scope)
                yield from self._of_attached(self._role(node, "role", scope), arn, node)
            case "aws_iam_role_policy_attachments_exclusive":
                for arn in as_list(self._argument(node, "policy_arns", scope)):
                    yield from self._of_attached(self._role(node, "role_name", scope), arn, node)
            case "aws_iam_policy_attachment":
                for role in as_list(self._argument(node, "roles", scope)):
                    yield from self._of_attached(self._named(role), self._argument(node, "policy_arn", scope), node)

    def _of_role(self, node: ModuleNode, scope: EvaluationScope) -> Iterator[Permission]:
        yield from self._of_trust(node, scope)
        for block in as_list(self._argument(node, "inline_policy", scope)):
            policy = block.get("policy") if isinstance(block, dict) else block
            yield from self._of_policy(node.address, policy, node)
        for arn in as_list(self._argument(node, "managed_policy_arns", scope)):
            yield from self._of_attached(node.address, arn, node)
        boundary = self._argument(node, "permissions_boundary", scope)
        if boundary is not None:
            yield Permission(node.address, "", text_of(boundary), PermissionKind.BOUND, node.address)

    def _of_trust(self, node: ModuleNode, scope: EvaluationScope) -> Iterator[Permission]:
        statements, unread = statements_of(value_of_json(self._argument(node, "assume_role_policy", scope)))
        for statement in statements:
            for principal in _principals(statement):
                who = principal + _condition(statement)
                kind = PermissionKind.DENIED if statement.elements.get("Effect") == "Deny" else PermissionKind.TRUST
                yield from (Permission(node.address, action, who, kind, node.address) for action in _actions(statement))
        yield from (
            Permission(node.address, "", text_of(one), PermissionKind.UNREAD_TRUST, node.address) for one in unread
        )

    def _of_policy(self, role: str, policy: Evaluated, node: ModuleNode) -> Iterator[Permission]:
        statements, unread = statements_of(value_of_json(policy))
        for statement in statements:
            kind = PermissionKind.DENIED if statement.elements.get("Effect") == "Deny" else PermissionKind.STATEMENT
            for resource in _resources(statement):
                on = resource + _condition(statement)
                yield from (Permission(role, action, on, kind, node.address) for action in _actions(statement))
        yield from (Permission(role, "", text_of(one), PermissionKind.UNREAD, node.address) for one in unread)

    def _of_attached(self, role: str, arn: Evaluated, node: ModuleNode) -> Iterator[Permission]:
        """A policy of the module grants what it says, any other is told by its name."""
        own = next((self._nodes.get(self._scope.locate(read)[0]) for read in sorted(reads_of(arn))), None)
        if own is None or own.type != "aws_iam_policy":
            own = self._policies_by_name.get(text_of(arn).rpartition(":policy/")[2].rpartition("/")[2])
        if own is not None:
            yield from self._of_policy(role, self._argument(own, "policy", self._scope), node)
        else:
            yield Permission(role, "", text_of(arn), PermissionKind.MANAGED, node.address)

    @staticmethod
    def _argument(node: ModuleNode, name: str, scope: EvaluationScope) -> Evaluated:
        return of_value(node.arguments.get(name), scope, name)

    def _role(self, node: ModuleNode, name: str, scope: EvaluationScope) -> str:
        return self._named(self._argument(node, name, scope), node, name)

    def _named(self, role: Evaluated, node: ModuleNode | None = None, argument: str = "") -> str:
        """Return the address of a role that is given by an attribute or by its name, or else what gives it."""
        written = node.references.get(argument, []) if node else []
        read = [reference.address for reference in written if reference.address in self._nodes]
        read += [self._scope.locate(one)[0] for one in sorted(reads_of(role))]
        found = next((address for address in read if address.startswith(f"{_ROLE}.")), None)
        return found or self._roles_by_name.get(str(role), text_of(role))


def text_of(value: Evaluated) -> str:
    """Return a value as a catalogue would write it, what is not known as `${…}`."""
    if isinstance(value, Unknown):
        return f"${{{value.text}}}"
    if isinstance(value, Pattern):
        return "".join(part if isinstance(part, str) else text_of(part) for part in value.parts)
    if isinstance(value, str):
        return value
    return dumps(_plain(value), sort_keys=True)


def _plain(value: Evaluated) -> object:
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Json):
        return _plain(value.value)
    return text_of(value) if isinstance(value, Unknown | Pattern) else value


def _actions(statement: PolicyStatement) -> list[str]:
    return _named_or_but(statement, "Action", "NotAction")


def _resources(statement: PolicyStatement) -> list[str]:
    return _named_or_but(statement, "Resource", "NotResource")


def _named_or_but(statement: PolicyStatement, element: str, but: str) -> list[str]:
    if but in statement.elements:
        return [f"{EXCEPT}{', '.join(map(text_of, statement.listed(but)))}"]
    return list(map(text_of, statement.listed(element)))


def _principals(statement: PolicyStatement) -> Iterator[str]:
    principals = statement.elements.get("Principal")
    if isinstance(principals, dict):
        yield from (f"{type_} {text_of(one)}" for type_, several in principals.items() for one in as_list(several))
    excepted = statement.elements.get("NotPrincipal")
    if excepted is not None:
        yield f"everybody except {text_of(excepted)}"


def _condition(statement: PolicyStatement) -> str:
    condition = statement.elements.get("Condition")
    return f" if {text_of(condition)}" if condition else ""
