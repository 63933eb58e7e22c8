"""The types of single values. A scalar arrives as its author wrote it, and a setting's type says what it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from generator.errors import Rejection, likely, listed, visible
from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.references import unknown_names
from generator.hcl.tokens import tokens
from generator.hcl.write.composed import check_composed
from generator.hcl.write.text import WrittenExpression, is_literal, is_plain, parts, whole_expression
from generator.source.layers import is_null, without_nulls
from generator.source.source import Scalar

Value = TypeVar("Value")

OWN_ROOT = "tfgen"
"""What stands before the catalogue's own names, which are replaced where they have a value."""

_OWN_NAMES = {
    "project": "tfgen.project",
    "env": "var.env",
    "environment": "var.environment",
    "service": "tfgen.service",
    "copilot_application_name": "tfgen.project",
    "copilot_environment_name": "var.environment",
    "copilot_service_name": "tfgen.service",
}
"""Names that other tools give to what a catalogue names too, or what a variable of the module holds.

Source: https://aws.github.io/copilot-cli/docs/developing/manifest-env-var/
"""

_ROOTS_MEANT = {"locals": "local", "modules": "module", "variable": "var", "variables": "var", "vars": "var"}
"""Words that an expression does not begin with, and those that are meant."""

_BARE_EXPRESSION = re.compile(r"(?:var|local|data|module|aws_\w+)\.[\w.\[\]\"*-]+")
"""A text that is an expression of Terraform but for the braces around it."""

WHOLE_EXPRESSION = r"^\$\{.*\}$"
"""A text that is one expression, for JSON Schema."""

Schema = dict[str, Any]
"""A JSON Schema, or a part of one."""


class ValueType(Generic[Value]):
    """What a value may be."""

    def read(self, value: object) -> Value:
        """Return what the value means. Raises `Rejection`, or `Breached` where it is made up of others."""
        raise NotImplementedError

    def set_in(self, value: Any) -> Any:
        """Return what is set in such a value, as plain data: a null takes an entry of a mapping away."""
        return without_nulls(value)

    def taken(self, value: Any) -> Any:
        """Return what such a value takes over from a layer under it, as plain data."""
        return value

    def schema(self) -> Schema:
        """Return the JSON Schema of such values, as YAML gives them to an editor."""
        raise NotImplementedError


class Whole(ValueType[int]):
    """A whole number."""

    def read(self, value: object) -> int:
        text = _scalar(value, "a whole number")
        if _is_quoted(value):
            raise Rejection(f'"{visible(text)}" is text', "write a whole number, without quotes")
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise _refusal(text, "is not a whole number", "write one in digits")
        return int(text)

    def schema(self) -> Schema:
        return {"type": "integer"}


class Number(Whole):
    """A number, with a fraction or without one. One with a fraction is read as an expression."""

    def read(self, value: object) -> Any:
        is_fraction = isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,15}", value)
        return f"${{{value}}}" if is_fraction and not _is_quoted(value) else super().read(value)

    def schema(self) -> Schema:
        return {"type": "number"}


class AtLeast(Whole):
    """A whole number that has a least value and no greatest one."""

    def __init__(self, least: int) -> None:
        self._least = least

    def read(self, value: object) -> int:
        number = super().read(value)
        if number < self._least:
            raise Rejection(f"{number} is too small", f"use {self._least} or more")
        return number

    def schema(self) -> Schema:
        return super().schema() | {"minimum": self._least}


class Between(Whole):
    """A whole number in a range, its ends included."""

    def __init__(self, low: int, high: int) -> None:
        self._low, self._high = low, high

    def read(self, value: object) -> int:
        number = super().read(value)
        if not self._low <= number <= self._high:
            raise Rejection(f"{number} is out of range", f"use {self._low} to {self._high}")
        return number

    def schema(self) -> Schema:
        return super().schema() | {"minimum": self._low, "maximum": self._high}


class OneOf(Whole):
    """One of a few whole numbers; `what` says what they are, with its article."""

    def __init__(self, numbers: tuple[int, ...], what: str) -> None:
        self._numbers, self._what = numbers, what

    def read(self, value: object) -> int:
        number = super().read(value)
        if number not in self._numbers:
            raise Rejection(f"{number} is not {self._what}", f"use {listed(self._numbers)}")
        return number

    def schema(self) -> Schema:
        return super().schema() | {"enum": list(self._numbers)}


class Truth(ValueType[bool]):
    """Either `true` or `false`."""

    def read(self, value: object) -> bool:
        text = _scalar(value, "true or false")
        if text and _is_quoted(value):
            raise Rejection(f'"{visible(text)}" is text', "write true or false, without quotes")
        if text not in ("true", "false"):
            raise _refusal(text, "is neither true nor false", "write true or false, without quotes")
        return text == "true"

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Word(ValueType[str]):
    """A name: text without expressions that matches a pattern."""

    def __init__(self, pattern: str, remedy: str) -> None:
        self._pattern, self._remedy = pattern, remedy

    @functools.cached_property
    def _matches(self) -> Callable[[str], object]:
        return re.compile(self._pattern).fullmatch

    def read(self, value: object) -> str:
        text = _scalar(value, "a name")
        if not self._matches(text):
            raise _refusal(text, "is not a valid name", self._remedy)
        return text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self._pattern})$"}


class Choice(ValueType[str]):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def read(self, value: object) -> str:
        text = _scalar(value, "a word")
        if text not in self._words:
            raise _refusal(text, "is not known", likely(text, self._words))
        return text

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self._words)}


class AnyText(ValueType[str]):
    """Text with `${...}` in it, which may be empty; a scalar that YAML would take for a number counts as written."""

    also_known = ""
    """A name that an expression may begin with, beside those that mean something everywhere."""

    def read(self, value: object) -> str:
        text = _scalar(value, "a text")
        if is_null(value):  # in a mapping it would not be set
            raise Rejection(f"`{text}` is a null, and a list holds none", f'remove it, or write "{text}" in quotes')
        if "\0" in text:
            raise Rejection("the character U+0000 is not allowed in a text", "remove it")
        check_composed(text)
        for part in () if is_plain(text) else parts(text):
            if isinstance(part, WrittenExpression):
                _check_names(part.bare, self.also_known)
        return text

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean", "null"]}


class Text(AnyText):
    """Text with `${...}` in it, which may not be empty."""

    def read(self, value: object) -> str:
        text = super().read(value)
        if not text:
            raise Rejection("there is no value", "write one, or remove the line")
        return text

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"], "minLength": 1}


class Embedded(Text):
    """Text that becomes a part of another text, such as a name in an ARN. Not every expression is allowed there."""

    def read(self, value: object) -> str:
        text = super().read(value)
        parts(f"arn:{text}")
        return text


class Matching(ValueType[str]):
    """Text that must match a pattern, unless it has an expression: only Terraform knows the value of that."""

    def __init__(self, text: Text, pattern: str, remedy: str) -> None:
        self._text, self._pattern, self._remedy = text, pattern, remedy

    def read(self, value: object) -> str:
        text = self._text.read(value)
        if is_literal(text) and not re.fullmatch(self._pattern, text):
            raise _refusal(text, "is not accepted", self._remedy)
        return text

    def schema(self) -> Schema:
        return self._text.schema()


class OneExpression(Text):
    """One expression alone: what it comes to, Terraform alone knows. It stays catalogue text."""

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise misplaced(value, "an expression", "write one `${...}` alone")
        text = super().read(value)
        if whole_expression(text) is None:
            raise Rejection(f"{shown(text)} is not one expression", "write one `${...}` alone")
        return text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": WHOLE_EXPRESSION}


class OrExpression(ValueType[Value | str]):
    """A value, or one expression in its place: what that comes to, Terraform alone knows.

    An expression stays catalogue text.
    """

    def __init__(self, literal: ValueType[Value]) -> None:
        self.literal, self._expression = literal, Text()

    def read(self, value: object) -> Value | str:
        if not (isinstance(value, str) and "${" in value):
            self._refuse_bare(value)
            return self.literal.read(value)
        text = self._expression.read(value)
        if whole_expression(text) is None:
            raise self.refusal(text)
        return text

    def _refuse_bare(self, value: object) -> None:
        """Raise `Rejection` for an expression without its braces. A choice of words has an error that tells of them."""
        is_bare = isinstance(value, str) and _BARE_EXPRESSION.fullmatch(value)
        if is_bare and not isinstance(self.literal, Choice):
            raise Rejection(f"{shown(value)} is text", f"write `${{{value}}}` for the expression")

    def refusal(self, text: str) -> Rejection:
        """Return what is wrong with a text that holds more than one expression."""
        return Rejection(f"{shown(text)} is more than one expression", "write one `${...}` alone, or a value")

    def schema(self) -> Schema:
        return {"oneOf": [self.literal.schema(), OneExpression().schema()]}


class OrFalse(ValueType[Value | bool]):
    """A value, or `false` where there is to be nothing. `true` is refused: it does not say what there is to be."""

    def __init__(self, value: ValueType[Value]) -> None:
        self.literal = value

    def read(self, value: object) -> Value | bool:
        if isinstance(value, str) and not _is_quoted(value) and value in ("true", "false"):
            if value == "true":
                raise Rejection("`true` is not a name", "remove it, or write a name")
            return False
        return self.literal.read(value)

    def schema(self) -> Schema:
        return {"oneOf": [self.literal.schema(), {"type": "boolean", "enum": [False]}]}


class Identifier(Word):
    """A Terraform name."""

    def __init__(self) -> None:
        super().__init__(IDENTIFIER, "use letters, digits, `-` and `_`, and start with a letter")


class Key(Word):
    """A name that becomes both a Terraform name and a part of AWS names."""

    def __init__(self) -> None:
        remedy = "use lower-case letters, digits and single `-` or `_` between them, and start with a letter"
        super().__init__(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", remedy)


@functools.lru_cache(maxsize=65536)
def _check_names(expression: str, also_known: str) -> None:
    """Raise `Rejection` where a name stands alone, as shells and other tools write their variables."""
    name = next((name for name in unknown_names(tokens(expression)) if name not in (OWN_ROOT, also_known)), None)
    if name is not None:
        if name in _ROOTS_MEANT:
            raise Rejection(f"`{name}` is not a value of Terraform", f"did you mean `{_ROOTS_MEANT[name]}`?")
        meant = _OWN_NAMES.get(name.lower(), f"var.{name}")
        of_module = " for a variable of the module" if meant.startswith("var.") else ""
        raise Rejection(
            f"`{visible(name)}` is not a value of Terraform",
            f"write `${{{meant}}}`{of_module}, or `$${{` for the characters themselves",
        )


def shown(value: object) -> str:
    """Return what a value is, in words."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"`{visible(str(value))}`" if str(value) else "nothing"


def misplaced(value: object, wanted: str, remedy: str) -> Rejection:
    """Return what to raise where a value stands in place of `wanted`."""
    return Rejection(f"expected {wanted}, found {shown(value)}", remedy)


def _scalar(value: object, wanted: str) -> str:
    if not isinstance(value, str):
        raise misplaced(value, wanted, f"write {wanted}")
    return str(value)


def _refusal(text: str, what: str, remedy: str) -> Rejection:
    return Rejection(f"{shown(text)} {what}" if text else "there is no value", remedy)


def _is_quoted(value: object) -> bool:
    return isinstance(value, Scalar) and value.quoted
