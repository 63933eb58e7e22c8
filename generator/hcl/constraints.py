"""Type constraints: what a variable's `type` says, and of which type the results of functions and operators are.

Source: Terraform's documentation, "Type Constraints" and "Built-in Functions".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.hcl.structure import closings
from generator.hcl.tokens import Token, TokenKind

_MOST_NESTED = 50

_PRIMITIVES = ("string", "number", "bool")
_OF_ELEMENTS = ("list", "set", "map")
_OF_MEMBERS = ("object", "tuple")


@dataclass(frozen=True)
class Constraint:
    """A type: `string`, or `list` with the type of its elements, or `object` with those of its members by name."""

    name: str
    element: Constraint | None = None
    members: Mapping[str, Constraint] = field(default_factory=dict, hash=False)

    @property
    def is_collection(self) -> bool:
        return self.name in (*_OF_ELEMENTS, *_OF_MEMBERS)

    def member(self, step: str) -> Constraint | None:
        """Return the type of what a step leads to; none where it is not known."""
        return self.members.get(step, self.element)


TEXT, NUMBER, TRUTH, LIST, OBJECT = map(Constraint, (*_PRIMITIVES, "list", "object"))


def read_constraint(written: Sequence[Token]) -> Constraint | None:
    """Return a written type constraint; none for `any`, and for what Terraform would refuse."""
    try:
        return _Reader([token for token in written if token.kind is not TokenKind.NEWLINE]).whole()
    except _NoConstraintError:
        return None


class _NoConstraintError(Exception):
    """The text is not a type constraint."""


class _Reader:
    def __init__(self, written: Sequence[Token]) -> None:
        self._tokens, self._closings, self._index, self._depth = written, closings(written), 0, 0

    def whole(self) -> Constraint | None:
        found = self._constraint()
        if self._index < len(self._tokens):
            raise _NoConstraintError
        return found

    def _next(self) -> Token:
        if self._index == len(self._tokens):
            raise _NoConstraintError
        self._index += 1
        return self._tokens[self._index - 1]

    def _takes(self, *texts: str) -> bool:
        is_next = self._index < len(self._tokens) and self._tokens[self._index].text in texts
        self._index += is_next
        return is_next

    def _expects(self, *texts: str) -> None:
        if not self._takes(*texts):
            raise _NoConstraintError

    def _constraint(self) -> Constraint | None:
        name = self._next().text
        if not self._takes("("):
            return Constraint(name) if name in (*_PRIMITIVES, *_OF_ELEMENTS) else None
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise _NoConstraintError
        found = self._of(name, self._closings[self._index - 1])
        self._expects(")")
        self._depth -= 1
        return found

    def _of(self, name: str, end: int) -> Constraint | None:
        if name == "object":
            return Constraint(name, members=self._members())
        if name == "tuple":
            return Constraint(name, members=self._elements())
        element = self._constraint()
        if name == "optional":  # a default may follow
            self._index = end
            return element
        if name not in _OF_ELEMENTS:
            raise _NoConstraintError
        return Constraint(name, element)

    def _members(self) -> dict[str, Constraint]:
        found: dict[str, Constraint | None] = {}
        self._expects("{")
        while not self._takes("}"):
            name = self._next().text
            self._expects("=", ":")
            found[name] = self._constraint()
            self._takes(",")
        return _known(found)

    def _elements(self) -> dict[str, Constraint]:
        found: dict[str, Constraint | None] = {}
        self._expects("[")
        while not self._takes("]"):
            found[str(len(found))] = self._constraint()
            self._takes(",")
        return _known(found)


_RESULTS: dict[str, Constraint] = {
    name: constraint
    for constraint, names in {
        TEXT: """
            abspath base64decode base64encode base64gzip base64sha256 base64sha512 basename chomp cidrhost cidrnetmask
            cidrsubnet dirname file filebase64 filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512
            format formatdate indent join jsonencode lower md5 pathexpand plantimestamp replace sha1 sha256 sha512
            strrev substr templatefile templatestring textdecodebase64 textencodebase64 timeadd timestamp title tostring
            trim trimprefix trimspace trimsuffix upper urlencode uuid uuidv5 yamlencode json text
        """,
        NUMBER: "abs ceil floor index length log max min parseint pow signum sum timecmp tonumber + - * / %",
        TRUTH: """
            alltrue anytrue can contains endswith fileexists issensitive startswith strcontains tobool
            || && ! == != < > <= >=
        """,
        LIST: """
            chunklist cidrsubnets compact concat csvdecode distinct fileset flatten for keys matchkeys range reverse
            setintersection setproduct setsubtract setunion slice sort split tolist toset values
        """,
        OBJECT: "merge object tomap zipmap",
    }.items()
    for name in names.split()
}
"""The types of what functions and operators return, where these are always the same."""

_ARGUMENTS_THAT_COUNT = {"coalesce": 0, "nonsensitive": 0, "sensitive": 0, "try": 0, "?": 1}
"""Functions that return one of their arguments, from the first that counts; `?` is the conditional expression."""

_OF_AN_ELEMENT = ("element", "lookup", "one")
"""Functions that return an element of their first argument."""


def constraint_of_result(name: str, arguments: Sequence[Constraint | None]) -> Constraint | None:
    """Return the type of what a function or an operator makes of arguments, by their types."""
    if name in _ARGUMENTS_THAT_COUNT:
        return _common(arguments[_ARGUMENTS_THAT_COUNT[name] :])
    if name in _OF_AN_ELEMENT and arguments:
        return arguments[0].element if arguments[0] else None
    return _RESULTS.get(name)


def _common(constraints: Sequence[Constraint | None]) -> Constraint | None:
    """Terraform makes one type of two: of collections a collection, and of a text and what is no collection a text."""
    first = constraints[0] if constraints else None
    if first is None or all(one == first for one in constraints):
        return first
    if all(one and one.is_collection for one in constraints):
        return Constraint(first.name)
    names = {one.name if one else "" for one in constraints}
    return TEXT if "string" in names and names <= {*_PRIMITIVES} else None


def _known(found: Mapping[str, Constraint | None]) -> dict[str, Constraint]:
    return {name: constraint for name, constraint in found.items() if constraint is not None}
