"""JSON as Terraform reads it: each member has a place, and a name may stand twice.

Python's own reader drops the first of two members with one name. Terraform takes both, and so no block can hide.
Source: the package `json` of HashiCorp's HCL.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple, TypeAlias

from generator.hcl.tokens import MOST_OPEN, TokenError

_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*+"')
_BARE = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null")


class Bare(NamedTuple):
    """A number, `true`, `false` or `null`, as it is written."""

    text: str


class Member(NamedTuple):
    """One member of an object. `offset` is where in the text its name begins."""

    name: str
    offset: int
    value: Json


class Object(NamedTuple):
    """The members of an object, in the order of the text."""

    members: list[Member]


Json: TypeAlias = "str | Bare | Object | list[Json]"

NULL = Bare("null")


def read_json(text: str) -> Json:
    """Return the value that a whole text is. Raises `TokenError`."""
    reader = _Reader(text)
    value = reader.value(0)
    if reader.next():
        raise TokenError(reader.offset, "more text follows the end of the JSON")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self.offset = text, 0

    def next(self) -> str:
        """Return the next character that is not space; nothing at the end."""
        self._match(_SPACE)
        return self._text[self.offset : self.offset + 1]

    def value(self, depth: int) -> Json:
        """Read a value within as many objects and lists."""
        first = self.next()
        if depth > MOST_OPEN:
            raise TokenError(self.offset, f"more than {MOST_OPEN} objects and lists are open here")
        if first == "{":
            return self._object(depth)
        if first == "[":
            return self._list(depth)
        if first == '"':
            return self._string()
        text = self._match(_BARE)
        if not text:
            raise TokenError(self.offset, "a value of JSON is missing")
        return Bare(text)

    def _object(self, depth: int) -> Object:
        members: list[Member] = []
        opening = self._skip()
        while not self._ends("}", opening, is_first=not members):
            if self.next() != '"':
                raise TokenError(self.offset, "the name of a member is missing")
            offset, name = self.offset, self._string()
            if self.next() != ":":
                raise TokenError(self.offset, "a `:` is missing")
            self._skip()
            members.append(Member(name, offset, self.value(depth + 1)))
        return Object(members)

    def _list(self, depth: int) -> list[Json]:
        values: list[Json] = []
        opening = self._skip()
        while not self._ends("]", opening, is_first=not values):
            values.append(self.value(depth + 1))
        return values

    def _ends(self, closing: str, opening: int, is_first: bool) -> bool:
        """Go to the next member or value, or behind the closing bracket."""
        found = self.next()
        if not found:
            raise TokenError(opening, f"`{self._text[opening]}` is not closed")
        if found == closing:
            self._skip()
        elif not is_first:
            if found != ",":
                raise TokenError(self.offset, f"a `,` or `{closing}` is missing")
            self._skip()
        return found == closing

    def _string(self) -> str:
        start = self.offset
        text = self._match(_STRING)
        if not text:
            raise TokenError(start, '`"` is not closed on its line')
        try:
            return str(json.loads(text))
        except ValueError:
            raise TokenError(start, "the string has an escape that JSON does not have") from None

    def _skip(self) -> int:
        """Go behind one character, and return where it was."""
        self.offset += 1
        return self.offset - 1

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self.offset)
        if match is None:
            return ""
        self.offset = match.end()
        return match.group()
