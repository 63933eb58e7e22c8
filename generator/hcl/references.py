"""What a file of Terraform declares, and what it refers to.

Works on tokens alone, so that hand-written companions need not be within python-hcl2's grammar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.hcl.structure import Body, Code, closings, depth_change
from generator.hcl.tokens import Token, TokenKind

_ROOTS = {"variable": "var", "module": "module", "output": "output"}
"""Blocks with one label, and how their addresses begin."""

_LABELLED_TWICE = {"resource": "", "data": "data.", "ephemeral": "ephemeral."}
_NAMED_BY_ROOT = ("var", "local", "module")

_WORDS = frozenset({"true", "false", "null", "for", "in", "if"})
"""What is no name in an expression."""

_BEFORE_A_STEP = (".", "::")
_BEHIND_A_ROOT = (".", "[")
_BEHIND_A_WORD = ("(", "::", "=", ":")
"""What calls a name, or makes it the key of an object."""

_SCOPES = (*_NAMED_BY_ROOT, "data", "path", "terraform")
"""The names that something can be read of, beside types of resources.

Source: https://developer.hashicorp.com/terraform/language/expressions/references. Those of blocks that are repeated,
`each` and `count`, have no value elsewhere.
"""

_IGNORED = ("ignore_changes", "=", "[")

ONE, ALL = "one", "all"
"""Which instances of a repeated block a reference reads: one by its key, or all of them."""

_OPENINGS = (TokenKind.OPEN_QUOTE, TokenKind.OPEN_HEREDOC)
_ENDINGS = (TokenKind.CLOSE_QUOTE, TokenKind.CLOSE_HEREDOC)


class Declaration(NamedTuple):
    """An address that a file declares, and its line, counted from 1."""

    address: str
    line: int


class Reference(NamedTuple):
    """An address that a file refers to, the attribute that is read from it if one is, and where that stands.

    `instances` says of which instances, and is empty where the block is not taken to be repeated. `line` counts from 1;
    `offset` is the first character's, and counts from 0.
    """

    address: str
    attribute: str
    instances: str
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
    """Return each `var.`, `local.`, `module.`, `data.` and resource address that a file needs.

    A line's end means nothing within brackets, and elsewhere no reference goes beyond it. What `ignore_changes` lists
    are arguments of its own block.
    """
    tokens = [token for token in code.tokens if token.kind is not TokenKind.NEWLINE]
    found = []
    bound, closing = _Bound(), closings(tokens)
    ignored_until = 0
    for index, token in enumerate(tokens):
        bound.follow(tokens, index)
        if token.text == _IGNORED[0] and tuple(_text_at(tokens, index + step) for step in range(3)) == _IGNORED:
            ignored_until = closing[index + len(_IGNORED) - 1]
        follows_dot = index > 0 and tokens[index - 1].text == "."
        is_name = token.kind is TokenKind.IDENT and not follows_dot and token.text not in bound
        if is_name and index > ignored_until:
            names = _address_at(tokens, index)
            if names:
                behind, instances = _instances_at(tokens, index + 2 * len(names) - 1, closing)
                attribute = _attribute_at(tokens, behind)
                found.append(Reference(".".join(names), attribute, instances, code.line(token), token.offset))
    return found


def unknown_names(expression: Sequence[Token]) -> Iterator[str]:
    """Yield each name in an expression that Terraform knows nothing of: `NAME` in `${NAME}`, `env` in `${env.NAME}`.

    Names that a `for` binds, functions and keys of objects are none of these. A name with a `_` may be a resource's
    type: whether such a block is declared, others check.
    """
    bound = _Bound()
    for index, token in enumerate(expression):
        bound.follow(expression, index)
        before, after = (_text_at(expression, index + step) for step in (-1, 1))
        is_name = token.kind is TokenKind.IDENT and token.text not in _WORDS and token.text not in bound
        if not is_name or before in _BEFORE_A_STEP or after in _BEHIND_A_WORD:
            continue
        is_root = after in _BEHIND_A_ROOT and (token.text in _SCOPES or "_" in token.text)
        if not is_root:
            yield token.text


def _text_at(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if 0 <= index < len(tokens) else ""


def _declared_by(body: Body) -> Iterator[Declaration]:
    labels = body.header[1:]
    if body.type == "locals":
        yield from (Declaration(f"local.{argument.name}", argument.line) for argument in body.arguments)
    elif body.type in _ROOTS and len(labels) == 1:
        yield Declaration(f"{_ROOTS[body.type]}.{labels[0]}", body.line)
    elif body.type in _LABELLED_TWICE and len(labels) == 2:
        yield Declaration(f"{_LABELLED_TWICE[body.type]}{'.'.join(labels)}", body.line)


class _Bound:
    """The names that `for` and dynamic blocks bind, each up to the end of what is open where it is bound."""

    def __init__(self) -> None:
        self._open: list[list[str]] = [[]]
        self._times: Counter[str] = Counter()

    def __contains__(self, name: str) -> bool:
        return self._times[name] > 0

    def follow(self, code: Sequence[Token], index: int) -> None:
        """Go on with the next token."""
        token = code[index]
        change = depth_change(token)
        if change > 0 or token.kind in _OPENINGS:
            self._open.append([])
        elif (change < 0 or token.kind in _ENDINGS) and len(self._open) > 1:
            self._times.subtract(self._open.pop())
        elif token.text == "for" and token.kind is TokenKind.IDENT and index > 0:
            self._bind_by_for(code, index)
        elif token.text in ("dynamic", "iterator") and (index == 0 or code[index - 1].text != "."):
            self._bind(self._open[-1], _bound_by_dynamic(code[index : index + 3]))

    def _bind_by_for(self, code: Sequence[Token], index: int) -> None:
        """What `%{ for … }` binds holds behind its brace too: in all that is left of the template."""
        before = code[index - 1]
        names = [other.text for other in code[index + 1 : index + 4] if other.kind is TokenKind.IDENT]
        names = names[: names.index("in")] if "in" in names else names
        if before.text in ("[", "{"):
            self._bind(self._open[-1], names)
        elif before.kind is TokenKind.OPEN_TEMPLATE and before.text.startswith("%"):
            self._bind(self._open[-2], names)

    def _bind(self, level: list[str], names: Sequence[str]) -> None:
        level.extend(names)
        self._times.update(names)


def _bound_by_dynamic(words: Sequence[Token]) -> list[str]:
    """Return the name that `dynamic "name"` or `iterator = name` binds within the block around it."""
    kinds_and_texts = [(token.kind, token.text) for token in words]
    match kinds_and_texts:
        case [(TokenKind.IDENT, "dynamic"), (TokenKind.OPEN_QUOTE, _), (_, name)]:
            return [name]
        case [(TokenKind.IDENT, "iterator"), (_, "="), (TokenKind.IDENT, name)]:
            return [name]
    return []


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
    while index + 2 < len(code) and code[index + 1].text == "." and code[index + 2].kind is TokenKind.IDENT:
        names.append(code[index + 2].text)
        index += 2
    return names


def _instances_at(code: Sequence[Token], index: int, closing: Mapping[int, int]) -> tuple[int, str]:
    """Return what an address's end, right before `index`, says of instances, and the index behind that."""
    match [token.text for token in code[index : index + 3]]:
        case ["[", "*", "]"]:
            return index + 3, ALL
        case ["[", *_]:
            return closing[index] + 1, ONE
        case [".", "*", *_]:
            return index + 2, ALL
        case [".", key, *_] if key.isdecimal():  # as Terraform up to 0.11 writes it
            return index + 2, ONE
    return index, ""


def _attribute_at(code: Sequence[Token], index: int) -> str:
    """Return the attribute that is read at an index, if one is."""
    match code[index : index + 2]:
        case [Token(text="."), Token(kind=TokenKind.IDENT, text=name)]:
            return name
    return ""
