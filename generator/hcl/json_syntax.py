"""Terraform's JSON syntax as the native syntax that says the same, so that all else reads native syntax alone.

Source: Terraform's documentation, "JSON Configuration Syntax", and the package `json` of HashiCorp's HCL.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from generator.hcl.identifiers import is_name
from generator.hcl.json_forms import TOP, BlockSchema, Form, StringMeaning
from generator.hcl.json_reader import NULL, Bare, Json, Member, Object, read_json
from generator.hcl.structure import Body, Code
from generator.hcl.tokens import Token, TokenError, TokenKind, interpolation, tokens

SchemaOf = Callable[[str], BlockSchema | None]
"""Tells the schema of a resource or a data source by its address, where it is known."""

_LITERAL = re.compile(r"(?:[^$%]|\$\$\{|%%\{|[$%](?!\{))++")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_OPENING = re.compile(r"[$%](?=\{)")
_IN_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NEVER_BARE = (TokenKind.COMMENT, TokenKind.OPEN_HEREDOC, TokenKind.NEWLINE)


class JsonCode(Code):
    """The blocks of a `.tf.json` file: tokens as in the native syntax, and lines as in the JSON.

    Raises `TokenError`, with a place in the JSON.
    """

    def __init__(self, text: str, schema_of: SchemaOf) -> None:
        self._json_line_ends = [match.start() for match in re.finditer("\n", text)]
        lines = list(_Translation(schema_of).file(read_json(text)))
        self._starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
        self._origins = [line.origin for line in lines]
        try:
            super().__init__("".join(f"{line.text}\n" for line in lines))
        except TokenError as error:
            raise TokenError(self._origin(error.offset), error.what) from None

    def line(self, token: Token) -> int:
        return bisect_left(self._json_line_ends, self._origin(token.offset)) + 1

    def _origin(self, offset: int) -> int:
        return self._origins[bisect_right(self._starts, offset) - 1]


class _Line(NamedTuple):
    """A block's header, its end, or one of its arguments; and where in the JSON the name of that begins."""

    text: str
    origin: int


class _Translation:
    def __init__(self, schema_of: SchemaOf) -> None:
        self._schema_of = schema_of

    def file(self, value: Json) -> Iterator[_Line]:
        for member in _members(value, 0):
            if member.name in TOP:
                yield from self._blocks(member, TOP[member.name], member.name)

    def _blocks(self, member: Member, form: Form, *header: str) -> Iterator[_Line]:
        """Yield the blocks that a member holds, below as many labels as are left. A list may hold several."""
        if len(header) <= form.labels:
            for labelled in _labelled(member, header[0]):
                yield from self._blocks(labelled, form, *header, labelled.name)
            return
        if schema := self._schema_of(Body(header, 0, [], []).address):
            form = form._replace(schema=schema)
        for body in member.value if isinstance(member.value, list) else [member.value]:
            if body != NULL:
                yield _Line(f"{_spelt(header)} {{", member.offset)
                yield from self._body(_members(body, member.offset), form)
                yield _Line("}", member.offset)

    def _body(self, members: list[Member], form: Form) -> Iterator[_Line]:
        for member in members:
            inner = form.block(member.name)
            if form.is_providers and member.name == "dynamic":
                for labelled in _labelled(member, member.name):
                    yield from self._blocks(labelled, form.dynamic(labelled.name), member.name, labelled.name)
            elif inner is not None and _is_of_blocks(member.value):
                yield from self._blocks(member, inner, member.name)
            else:
                value = _value(member.value, form.text(member.name), member.offset)
                yield _Line(f"{_name(member)} = {value}", member.offset)


def _members(value: Json, offset: int) -> list[Member]:
    """Return the members of an object, or of all objects of a list; `//` is the name of a comment."""
    if isinstance(value, list):
        return [member for item in value for member in _members(item, offset)]
    if not isinstance(value, Object):
        raise TokenError(offset, "an object of JSON is expected here")
    return [member for member in value.members if member.name != "//"]


def _labelled(member: Member, type_: str) -> list[Member]:
    labelled = _members(member.value, member.offset)
    if not labelled:
        raise TokenError(member.offset, f"a block of type `{type_}` needs one more label")
    return [label._replace(name=_name(label)) for label in labelled]


def _name(member: Member) -> str:
    if not is_name(member.name):
        raise TokenError(member.offset, f"`{member.name}` is not a name in Terraform")
    return member.name


def _spelt(header: tuple[str, ...]) -> str:
    type_, *labels = header
    return " ".join([type_, *(f'"{label}"' for label in labels)])


def _is_of_blocks(value: Json) -> bool:
    """Where the provider takes an argument and a block alike, an expression is the argument."""
    bodies = value if isinstance(value, list) else [value]
    return all(isinstance(body, Object) or body == NULL for body in bodies)


def _value(value: Json, text: StringMeaning, offset: int) -> str:
    """Return a value as an expression. `offset` is the place that its faults are told at."""
    if isinstance(value, Bare):
        return value.text
    if isinstance(value, str):
        return _string(value, text, offset)
    if isinstance(value, list):
        return f"[{', '.join(_value(item, text, offset) for item in value)}]"
    entries = [
        f"{_string(entry.name, text, entry.offset)} = {_value(entry.value, text, entry.offset)}"
        for entry in value.members
    ]
    return f"{{ {', '.join(entries)} }}"


def _string(string: str, text: StringMeaning, offset: int) -> str:
    try:
        if text is StringMeaning.EXPRESSION:
            return _bare(string)
        if text is StringMeaning.LITERAL:
            return f'"{_OPENING.sub(_doubled, string).translate(_IN_QUOTES)}"'
        return f'"{"".join(_template(string))}"'
    except TokenError as error:
        raise TokenError(offset, error.what) from None


def _doubled(sign: re.Match[str]) -> str:
    return 2 * sign.group()


def _template(string: str) -> Iterator[str]:
    """Yield the parts of a template as they are written in quotes, what it interpolates as it is."""
    offset = 0
    lone_return = _LONE_RETURN.search(string)
    while offset < len(string):
        if literal := _LITERAL.match(string, offset):
            yield literal.group().translate(_IN_QUOTES)
            offset = literal.end()
        else:
            if lone_return and lone_return.start() < offset:
                raise TokenError(
                    offset, "Terraform does not read an expression after a carriage return that does not end a line"
                )
            found = interpolation(string, offset)
            end = found[-1].offset + len(found[-1].text)
            yield string[offset:end]
            offset = end


def _bare(string: str) -> str:
    """Return a string that is an expression, such as a reference, in its one line."""
    found = tokens(string)
    if not found or any(token.kind in _NEVER_BARE for token in found):
        raise TokenError(0, f"`{string}` is not a reference, a type or a keyword")
    return string
