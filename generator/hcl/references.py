"""What a file of Terraform declares, and what it refers to.

Works on tokens alone, so that hand-written companions need not be within python-hcl2's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from generator.hcl.structure import Body, Code, depth_change
from generator.hcl.tokens import Kind, Token, TokenError, interpolation

_ROOTS = {"variable": "var", "module": "module", "output": "output"}
"""Blocks with one label, and how their addresses begin."""

_LABELLED_TWICE = {"resource": "", "data": "data.", "ephemeral": "ephemeral."}
_NAMED_BY_ROOT = ("var", "local", "module")


class Declaration(NamedTuple):
    """An address that a file declares, and its line, counted from 1."""

    address: str
    line: int


class Reference(NamedTuple):
    """An address that a file refers to, the attribute that is read from it if one is, and where that stands.

    `line` counts from 1; `offset` is the first character's, and counts from 0.
    """

    address: str
    attribute: str
    line: int
    offset: int

    @property
    def type(self) -> str:
        """The type of the resource or data source, as an address begins with it."""
        return self.address.rpartition(".")[0]


def declared(code: Code) -> list[Declaration]:
    """Return each address that a file declares."""
    return [declaration for body in code.bodies for declaration in _declared_by(body)]


def referenced(code: Code) -> list[Reference]:
    """Return each `var.`, `local.`, `module.`, `data.` and resource address that a file needs."""
    found = []
    bound: list[set[str]] = [set()]
    for index, token in enumerate(code.tokens):
        _follow_scopes(code.tokens, index, bound)
        follows_dot = index > 0 and code.tokens[index - 1].text == "."
        if token.kind is Kind.IDENT and not follows_dot and not any(token.text in names for names in bound):
            names = _address_at(code.tokens, index)
            if names:
                attribute = _attribute_behind(code.tokens, index + 2 * len(names) - 1)
                found.append(Reference(".".join(names), attribute, code.line(token), token.offset))
        elif token.kind is Kind.HEREDOC:
            found += [inner._replace(line=code.line(token), offset=token.offset) for inner in _in_heredoc(token)]
    return found


def _in_heredoc(token: Token) -> Iterator[Reference]:
    """What a heredoc's interpolations refer to; one that does not parse is left to Terraform."""
    for opening in re.finditer(r"(?<!\$)\$\{", token.text):
        with suppress(TokenError):
            expression = interpolation(token.text, opening.start())
            end = expression[-1].offset
            yield from referenced(Code(f"x = ({token.text[opening.end() : end]})\n"))


def _declared_by(body: Body) -> Iterator[Declaration]:
    labels = body.header[1:]
    if body.type == "locals":
        yield from (Declaration(f"local.{argument.name}", argument.line) for argument in body.arguments)
    elif body.type in _ROOTS and len(labels) == 1:
        yield Declaration(f"{_ROOTS[body.type]}.{labels[0]}", body.line)
    elif body.type in _LABELLED_TWICE and len(labels) == 2:
        yield Declaration(f"{_LABELLED_TWICE[body.type]}{'.'.join(labels)}", body.line)


def _follow_scopes(code: Sequence[Token], index: int, bound: list[set[str]]) -> None:
    """Keep the names that `for` expressions and dynamic blocks bind, by the brackets that they hold within."""
    token = code[index]
    change = depth_change(token)
    if change > 0:
        bound.append(set())
    elif change < 0 and len(bound) > 1:
        bound.pop()
    elif token.text == "for" and _opens_for_expression(code, index):
        names = [other.text for other in code[index + 1 : index + 4] if other.kind is Kind.IDENT]
        bound[-1].update(names[: names.index("in")] if "in" in names else names)
    elif token.text in ("dynamic", "iterator") and (index == 0 or code[index - 1].text != "."):
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


def _address_at(code: Sequence[Token], index: int) -> list[str]:
    """The root of a resource's address is its type: a provider's name, `_` and more. No other root has a `_`."""
    names = _traversal(code, index)
    root = names[0]
    if root == "data" and len(names) > 2:
        return names[:3]
    is_named_by_root = root in _NAMED_BY_ROOT or "_" in root
    return names[:2] if is_named_by_root and len(names) > 1 else []


def _traversal(code: Sequence[Token], index: int) -> list[str]:
    names = [code[index].text]
    while index + 2 < len(code) and code[index + 1].text == "." and code[index + 2].kind is Kind.IDENT:
        names.append(code[index + 2].text)
        index += 2
    return names


def _attribute_behind(code: Sequence[Token], index: int) -> str:
    """Return the attribute that an address's end, right before `index`, is followed by: of one instance, or of all."""
    if index < len(code) and code[index].text == "[":
        index = _behind_bracket(code, index)
    elif [token.text for token in code[index : index + 2]] == [".", "*"]:
        index += 2
    match [token.text for token in code[index : index + 2]]:
        case [".", name] if code[index + 1].kind is Kind.IDENT:
            return name
    return ""


def _behind_bracket(code: Sequence[Token], index: int) -> int:
    depth = 0
    for position in range(index, len(code)):
        depth += depth_change(code[position])
        if depth == 0:
            return position + 1
    return len(code)
