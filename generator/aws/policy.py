"""IAM policies: the policy that a policy document makes, and one form for all policies.

To IAM, one text is the same as a list of one, lists have no order, and the principal `*` is `{"AWS": "*"}`.
Source: the IAM User Guide, "IAM JSON policy elements reference" and "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from generator.hcl.evaluated import Evaluated, Pattern, Unknown, UnknownBlocks, as_list, unknown
from generator.hcl.json_text import value_of_json

DOCUMENT = "data.aws_iam_policy_document"
DOCUMENT_TEXTS = (("json",), ("minified_json",))
"""The data source that makes a policy, and its attributes that are the policy's text."""

_SOURCES, _OVERRIDES = "source_policy_documents", "override_policy_documents"
_OLD_NAMES = ("source_json", "override_json")
_VERSION = "2012-10-17"
_LISTS = {"actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource"}
_PRINCIPALS = {"principals": "Principal", "not_principals": "NotPrincipal"}


class PolicyStatement(NamedTuple):
    """A statement of a policy: its elements by name, lists as lists, without those that it leaves out."""

    elements: Mapping[str, Evaluated]

    def listed(self, element: str) -> list[Evaluated]:
        """Return an element that is a list of texts."""
        return as_list(self.elements.get(element))


def policy_of_document(arguments: Mapping[str, Evaluated]) -> Evaluated:
    """Return the policy that a `data.aws_iam_policy_document` makes of its arguments.

    Source: its documentation, and `data_source_policy_document.go` in the provider.
    """
    own = _own_policy(arguments)
    sources, overrides = (_policies(arguments.get(name)) for name in (_SOURCES, _OVERRIDES))
    if own is None or sources is None or overrides is None or any(arguments.get(name) for name in _OLD_NAMES):
        return unknown(DOCUMENT, *arguments.values())
    merged: dict[str, Evaluated] = {"Version": "", "Statement": []}
    for policy in (*sources, own, *overrides):
        merged = _merged(merged, policy)
    return {name: value for name, value in merged.items() if value != []}  # the provider leaves out an empty list


def _own_policy(arguments: Mapping[str, Evaluated]) -> dict[str, Evaluated] | None:
    """Return the policy of a document's own statements; none where these are not known."""
    blocks = arguments.get("statement") or []
    if not isinstance(blocks, list):
        return None
    statements = [statement for block in blocks if (statement := _statement_of(block)) is not None]
    if len(statements) < len(blocks):
        return None
    policy: dict[str, Evaluated] = {"Version": arguments.get("version") or _VERSION, "Statement": [*statements]}
    return policy | ({"Id": arguments["policy_id"]} if arguments.get("policy_id") else {})


def _policies(documents: Evaluated) -> list[dict[str, Evaluated]] | None:
    """Return the policies that are texts in a list; none where one of them is not known."""
    texts = documents or []
    if not isinstance(texts, list):
        return None
    found = [value_of_json(text) for text in texts if text not in (None, "")]
    policies = [policy for policy in found if isinstance(policy, dict)]
    return policies if len(policies) == len(found) else None


def _merged(base: dict[str, Evaluated], other: Mapping[str, Evaluated]) -> dict[str, Evaluated]:
    """Merge two policies: a statement replaces the one with the same `Sid`, or is added after the others."""
    several, more = as_list(base.get("Statement")), as_list(other.get("Statement"))
    places = {_sid(statement): place for place, statement in enumerate(several) if _sid(statement)}
    statements = [*several]
    for statement in more:
        if _sid(statement) in places:
            statements[places[_sid(statement)]] = statement
        else:
            statements.append(statement)
    rest = {name: value for name, value in other.items() if name == "Id" and value}
    version = max(str(base.get("Version", "")), str(other.get("Version") or ""))
    return {**base, **rest, "Version": version, "Statement": statements}


def _sid(statement: Evaluated) -> str:
    sid = statement.get("Sid") if isinstance(statement, dict) else None
    return sid if isinstance(sid, str) else ""


def in_one_form(policy: Evaluated) -> Evaluated:
    """Return a policy with each statement in one form: equal statements differ only in the order of lists.

    A value that is not a policy is returned as it is.
    """
    if not isinstance(policy, dict) or "Statement" not in policy:
        return policy
    found = policy["Statement"]
    several = [one for one in as_list(found) if one is not None]  # an old provider writes a null for none
    statements: list[Evaluated] = [dict(_elements(one)) if isinstance(one, dict) else one for one in several]
    elements: dict[str, Evaluated] = {
        name: value for name, value in policy.items() if name != "Statement" and value not in ("", None)
    }
    if isinstance(found, Unknown):
        elements["Statement"] = found
    elif any(isinstance(one, UnknownBlocks) for one in several):
        elements["Statement"] = unknown("Statement", *several)
    elif statements:
        elements["Statement"] = statements
    return elements


def statements_of(policy: Evaluated) -> tuple[list[PolicyStatement], list[Evaluated]]:
    """Return the statements of a policy, and the values in their place that cannot be read as statements."""
    found = policy
    if isinstance(policy, dict):
        found = policy.get("Statement", [] if policy.keys() <= {"Version", "Id"} else policy)
    several = [_perhaps(one) for one in (found if isinstance(found, list) else [] if found is None else [found])]
    read = [one for one in several if isinstance(one, dict) and _is_readable(one)]
    unread = [one for one in several if not (isinstance(one, dict) and _is_readable(one))]
    return [PolicyStatement(dict(_elements(one))) for one in read], unread


def _perhaps(statement: Evaluated) -> Evaluated:
    """Return what statements say of which there may be none: it counts where they allow something."""
    match statement:
        case UnknownBlocks(content=[{"Effect": "Allow"} as content]):
            return content
    return statement


def _is_readable(statement: Mapping[str, Evaluated]) -> bool:
    """Tell whether the effect, the actions and the principals of a statement are known."""
    known = [statement.get(name, "") for name in ("Effect", "Action", "NotAction", *_PRINCIPALS.values())]
    is_statement = "Effect" in statement and bool(statement.keys() & {"Action", "NotAction"})
    return is_statement and not any(isinstance(value, Unknown) for value in known)


def _statement_of(block: Evaluated) -> Evaluated:
    """Return the statement of a block, or statements of which it is not known how many there are; none if unknown."""
    match block:
        case UnknownBlocks(content=[dict() as content]):
            return replace(block, content=[_statement_of_block(content)])
        case dict():
            return _statement_of_block(block)
    return None


def _statement_of_block(block: Mapping[str, Evaluated]) -> dict[str, Evaluated]:
    statement: dict[str, Evaluated] = {"Effect": block.get("effect") or "Allow"}
    if block.get("sid"):
        statement["Sid"] = block["sid"]
    for name, element in _LISTS.items():
        if block.get(name):
            statement[element] = _each_once(_unescaped(block[name]))
    for name, element in _PRINCIPALS.items():
        if block.get(name):
            statement[element] = _principals(block[name])
    if block.get("condition"):
        statement["Condition"] = _conditions(block["condition"])
    return statement


def _principals(blocks: Evaluated) -> Evaluated:
    found: dict[str, Evaluated] = {}
    for type_, identifiers in _pairs(blocks, "type", "identifiers"):
        if not isinstance(type_, str) or not isinstance(identifiers, list):
            return unknown(DOCUMENT, blocks)
        if type_ == "*" and identifiers == ["*"] and len(as_list(blocks)) == 1:
            return "*"
        found[type_] = [*as_list(found.get(type_)), *as_list(_each_once(identifiers))]
    return found


def _conditions(blocks: Evaluated) -> Evaluated:
    found: dict[str, Evaluated] = {}
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, dict):
            return unknown(DOCUMENT, blocks)
        test, variable, values = block.get("test"), _key(block.get("variable")), block.get("values")
        if not isinstance(test, str) or variable is None:
            return unknown(DOCUMENT, blocks)
        under = found.setdefault(test, {})
        if isinstance(under, dict):
            under[variable] = [*as_list(under.get(variable)), *as_list(_unescaped(values))]
    return found


def _key(variable: Evaluated) -> str | None:
    """Return the key of a condition; what is not known of it stands in `${…}`."""
    if isinstance(variable, Unknown):
        return f"${{{variable.text}}}"
    if isinstance(variable, Pattern):
        return "".join(part if isinstance(part, str) else f"${{{part.text}}}" for part in variable.parts)
    return variable if isinstance(variable, str) else None


def _each_once(value: Evaluated) -> Evaluated:
    """Return the elements of a set."""
    if not isinstance(value, list):
        return value
    return [item for place, item in enumerate(value) if item not in value[:place]]


def _pairs(blocks: Evaluated, first: str, second: str) -> Iterator[tuple[Evaluated, Evaluated]]:
    for block in blocks if isinstance(blocks, list) else [blocks]:
        yield (block.get(first), block.get(second)) if isinstance(block, dict) else (None, None)


def _unescaped(value: Evaluated) -> Evaluated:
    """A policy document writes `&{aws:username}` for the policy variable, since `${` is Terraform's."""
    if isinstance(value, list):
        return [_unescaped(item) for item in value]
    if isinstance(value, str):
        return value.replace("&{", "${")
    if isinstance(value, Pattern):
        return Pattern(tuple(part.replace("&{", "${") if isinstance(part, str) else part for part in value.parts))
    return value


def _elements(statement: Mapping[str, Evaluated]) -> Iterator[tuple[str, Evaluated]]:
    for name, value in statement.items():
        if name in _LISTS.values():
            yield name, _listed_if_known(value)
        elif name in _PRINCIPALS.values():
            yield name, _principals_in_one_form(value)
        elif name == "Condition" and isinstance(value, dict):
            yield name, {test: _values_listed(keys) for test, keys in value.items()}
        elif value not in ("", None):
            yield name, value


def _principals_in_one_form(value: Evaluated) -> Evaluated:
    return {"AWS": ["*"]} if value == "*" else _values_listed(value)


def _values_listed(value: Evaluated) -> Evaluated:
    return {key: _listed_if_known(member) for key, member in value.items()} if isinstance(value, dict) else value


def _listed_if_known(value: Evaluated) -> Evaluated:
    """Leave an unknown value alone: it may be a list or a text."""
    return value if isinstance(value, Unknown) else as_list(value)
