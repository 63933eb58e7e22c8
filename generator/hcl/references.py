"""What a file of Terraform declares, and what it refers to.

Works on tokens alone, so that hand-written companions need not be within python-hcl2's grammar.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.hcl.tokens import Kind, Token, TokenError, tokens

_ROOTS = {"variable": "var", "module": "module", "output": "output"}
"""Blocks with one label, and how their addresses begin."""

_LABELLED_TWICE = {"resource": "", "data": "data.", "ephemeral": "ephemeral."}
_NAMED_BY_ROOT = ("var", "local", "module")
_LABELS = (Kind.IDENT, Kind.QUOTED_TEXT)
_IN_HEADERS = (*_LABELS, Kind.OPEN_QUOTE, Kind.CLOSE_QUOTE)


@dataclass(frozen=True)
class Named:
    """An address that a file declares or refers to, and its line, counted from 1."""

    address: str
    line: int


def declared(text: str) -> list[Named]:
    """Return each address that a `.tf` file declares. Raises `TokenError`."""
    line_of = _Lines(text)
    found = []
    for header, body in _top_level_blocks(_code(text)):
        for address, token in _declared_by(header, body):
            found.append(Named(address, line_of(token)))
    return found


def declared_in_json(text: str) -> list[Named]:
    """Return each address that a `.tf.json` file declares, all in line 1. Raises `ValueError`.

    Source: Terraform's documentation, "JSON Configuration Syntax": a mapping may be a list of them, and `//` comments.
    """
    found = []
    for kind, named in _members(json.loads(text)):
        if kind not in (*_ROOTS, *_LABELLED_TWICE, "locals"):
            continue
        for name, body in _members(named):
            if kind == "locals":
                found.append(f"local.{name}")
            elif kind in _ROOTS:
                found.append(f"{_ROOTS[kind]}.{name}")
            else:
                found += [f"{_LABELLED_TWICE[kind]}{name}.{label}" for label, _ in _members(body)]
    return [Named(address, 1) for address in found]


def _members(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, list):
        for item in value:
            yield from _members(item)
    elif isinstance(value, dict):
        yield from ((name, member) for name, member in value.items() if name != "//")
    else:
        raise ValueError(f"`{json.dumps(value)}` stands where a mapping belongs")


def referenced(text: str) -> list[Named]:
    """Return each `var.`, `local.`, `module.`, `data.` and resource address that a file needs.

    Raises `TokenError`.
    """
    line_of = _Lines(text)
    code = _code(text)
    found = []
    bound: list[set[str]] = [set()]
    for index, token in enumerate(code):
        _follow_scopes(code, index, bound)
        follows_dot = index > 0 and code[index - 1].text == "."
        if token.kind is Kind.IDENT and not follows_dot and not any(token.text in names for names in bound):
            address = _address_at(code, index)
            if address:
                found.append(Named(address, line_of(token)))
    return found


class _Lines:
    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def __call__(self, token: Token) -> int:
        return bisect.bisect_left(self._ends, token.offset) + 1


def _code(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.kind is not Kind.COMMENT]


def _top_level_blocks(code: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield the header and the body, without its braces, of each top-level block."""
    header: list[Token] = []
    body: list[Token] = []
    depth = 0
    for token in code:
        depth += _depth_change(token)
        if depth < 0 or (depth > 0 and not body and not _is_header(header)):
            raise TokenError(token.offset, f"`{token.text}` begins no block")
        if depth == 0 and body:
            yield header, body[1:]
            header, body = [], []
        elif depth > 0:
            body.append(token)
        elif token.kind is Kind.NEWLINE:
            header = []
        else:
            header.append(token)
    if body:
        raise TokenError(body[0].offset, f"`{body[0].text}` is not closed")


def _is_header(tokens: Sequence[Token]) -> bool:
    """A block begins with its type; its labels are words, quoted or not."""
    return bool(tokens) and tokens[0].kind is Kind.IDENT and all(token.kind in _IN_HEADERS for token in tokens)


def _depth_change(token: Token) -> int:
    if token.kind is not Kind.PUNCTUATION:
        return 0
    return (token.text in ("{", "[", "(")) - (token.text in ("}", "]", ")"))


def _declared_by(header: list[Token], body: list[Token]) -> Iterator[tuple[str, Token]]:
    words = [token for token in header if token.kind in _LABELS]
    kind, labels = words[0].text, [word.text for word in words[1:]]
    if kind == "locals":
        yield from ((f"local.{token.text}", token) for token in _attribute_names(body))
    elif kind in _ROOTS and len(labels) == 1:
        yield f"{_ROOTS[kind]}.{labels[0]}", words[0]
    elif kind in _LABELLED_TWICE and len(labels) == 2:
        yield f"{_LABELLED_TWICE[kind]}{'.'.join(labels)}", words[0]


def _attribute_names(body: list[Token]) -> Iterator[Token]:
    depth = 0
    for token, after in pairwise(body):
        if depth == 0 and token.kind is Kind.IDENT and after.text == "=":
            yield token
        depth += _depth_change(token)


def _follow_scopes(code: Sequence[Token], index: int, bound: list[set[str]]) -> None:
    """Keep the names that `for` expressions and dynamic blocks bind, by the brackets that they hold within."""
    token = code[index]
    change = (token.kind is Kind.OPEN_TEMPLATE) - (token.kind is Kind.CLOSE_TEMPLATE) or _depth_change(token)
    if change > 0:
        bound.append(set())
    elif change < 0 and len(bound) > 1:
        bound.pop()
    elif token.text == "for" and _opens_for_expression(code, index):
        names = [other.text for other in code[index + 1 : index + 4] if other.kind is Kind.IDENT]
        bound[-1].update(names[: names.index("in")] if "in" in names else names)
    else:
        bound[-1].update(_bound_by_dynamic(code[index : index + 3]))


def _bound_by_dynamic(words: Sequence[Token]) -> list[str]:
    """Return the name that `dynamic "name"` or `iterator = name` binds within the block around it."""
    kinds_and_texts = [(token.kind, token.text) for token in words]
    match kinds_and_texts:
        case [(Kind.IDENT, "dynamic"), (Kind.OPEN_QUOTE, _), (_, name)]:
            return [name]
        case [(Kind.IDENT, "iterator"), (_, "="), (Kind.IDENT, name)]:
            return [name]
    return []


def _opens_for_expression(code: Sequence[Token], index: int) -> bool:
    before = next((token for token in reversed(code[:index]) if token.kind is not Kind.NEWLINE), None)
    return code[index].kind is Kind.IDENT and before is not None and before.text in ("[", "{")


def _address_at(code: Sequence[Token], index: int) -> str | None:
    """The root of a resource's address is its type: a provider's name, `_` and more. No other root has a `_`."""
    names = _traversal(code, index)
    root = names[0]
    if root in _NAMED_BY_ROOT or "_" in root:
        return ".".join(names[:2]) if len(names) > 1 else None
    if root == "data":
        return ".".join(names[:3]) if len(names) > 2 else None
    return None


def _traversal(code: Sequence[Token], index: int) -> list[str]:
    names = [code[index].text]
    while index + 2 < len(code) and code[index + 1].text == "." and code[index + 2].kind is Kind.IDENT:
        names.append(code[index + 2].text)
        index += 2
    return names
