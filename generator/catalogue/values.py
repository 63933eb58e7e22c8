"""The types of single values. A scalar arrives as its author wrote it, and a field's type says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, BeforeValidator, Discriminator, Tag, WithJsonSchema

from generator.errors import Rejection, listed, nearest, visible
from generator.hcl.text import Expression, is_literal, parts
from generator.hcl.tokens import IDENTIFIER

LIST_TAG, TEXT_TAG = "<list>", "<text>"
"""Steps that pydantic adds to an error's path where a value may be a list or a text."""


def shape(value: object) -> str:
    """Return what a value is, in words."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"`{visible(str(value))}`" if str(value) else "nothing"


@dataclass(frozen=True)
class OneOf(GroupedMetadata):
    """Holds a number to a few; `what` is the kind of thing that they are, with its article."""

    numbers: tuple[int, ...]
    what: str

    def __iter__(self) -> Iterator[object]:
        yield AfterValidator(self._check)
        yield WithJsonSchema({"type": "integer", "enum": list(self.numbers)})

    def _check(self, number: int) -> int:
        if number not in self.numbers:
            raise Rejection(f"{number} is not {self.what}", f"use {listed(self.numbers)}")
        return number


@dataclass(frozen=True)
class Between(GroupedMetadata):
    """Holds a number to a range, its ends included."""

    low: int
    high: int

    def __iter__(self) -> Iterator[object]:
        yield AfterValidator(self._check)
        yield WithJsonSchema({"type": "integer", "minimum": self.low, "maximum": self.high})

    def _check(self, number: int) -> int:
        if not self.low <= number <= self.high:
            raise Rejection(f"{number} is out of range", f"use {self.low} to {self.high}")
        return number


@dataclass(frozen=True)
class Word(GroupedMetadata):
    """A name: text without expressions that matches a pattern."""

    pattern: str
    remedy: str

    def __iter__(self) -> Iterator[object]:
        yield BeforeValidator(self._check)
        yield WithJsonSchema({"type": "string", "pattern": f"^{self.pattern}$"})

    def _check(self, value: object) -> str:
        text = _scalar(value, "a name")
        if not re.fullmatch(self.pattern, text):
            raise Rejection(f"{shape(text)} is not a name for it", self.remedy)
        return text


@dataclass(frozen=True)
class Choice(GroupedMetadata):
    """One of a few words."""

    words: tuple[str, ...]

    def __iter__(self) -> Iterator[object]:
        yield BeforeValidator(self._check)
        yield WithJsonSchema({"type": "string", "enum": list(self.words)})

    def _check(self, value: object) -> str:
        text = _scalar(value, "a word")
        if text not in self.words:
            near = nearest(text, self.words)
            remedy = f"did you mean `{near}`?" if near else f"use {listed(self.words)}"
            raise Rejection(f"{shape(text)} is not known", remedy)
        return text


@dataclass(frozen=True)
class Matching(GroupedMetadata):
    """Holds text without an expression to a pattern. What an expression comes to, Terraform alone knows."""

    pattern: str
    remedy: str

    def __iter__(self) -> Iterator[object]:
        yield AfterValidator(self._check)

    def _check(self, text: str) -> str:
        if is_literal(text) and not re.fullmatch(self.pattern, text):
            raise Rejection(f"{shape(text)} is not accepted", self.remedy)
        return text


def _scalar(value: object, wanted: str) -> str:
    if not isinstance(value, str):
        raise Rejection(f"{shape(value)} stands where {wanted} belongs", f"write {wanted}")
    return str(value)


def _is_quoted(value: object) -> bool:
    return bool(getattr(value, "quoted", False))


def _integer(value: object) -> object:
    if isinstance(value, int):
        return value  # a default of the model's own
    text = _scalar(value, "a whole number")
    if _is_quoted(value):
        raise Rejection(f'"{visible(text)}" is text', "write a whole number, without quotes")
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise Rejection(f"{shape(text)} is no whole number", "write one in digits")
    return int(text)


def _boolean(value: object) -> object:
    text = _scalar(value, "true or false")
    if text not in ("true", "false") or _is_quoted(value):
        raise Rejection(f"{shape(text)} is neither true nor false", "write true or false, without quotes")
    return text == "true"


def _template(value: object) -> object:
    text = _scalar(value, "a text")
    if "\0" in text:
        raise Rejection("the character U+0000 may not stand in a text", "remove it")
    parts(text)
    return text


def _within_text(text: str) -> str:
    parts(f"arn:{text}")
    return text


def _not_empty(text: str) -> str:
    if not text:
        raise Rejection("there is no value", "write one, or remove the line")
    return text


def _one_expression(text: str) -> str:
    pieces = parts(text)
    if len(pieces) != 1 or not isinstance(pieces[0], Expression):
        raise Rejection(f"{shape(text)} is not accepted", "write a list, or one `${...}` that is a list")
    return text


def _list_or_text(value: object) -> str:
    return TEXT_TAG if isinstance(value, str) else LIST_TAG


Integer = Annotated[int, BeforeValidator(_integer)]
Boolean = Annotated[bool, BeforeValidator(_boolean)]

AnyText = Annotated[str, BeforeValidator(_template), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]
"""Text with `${...}` in it, which may be empty; a scalar that YAML would take for a number counts as written."""

Text = Annotated[AnyText, AfterValidator(_not_empty), WithJsonSchema({"type": ["string", "number", "boolean"]})]

Embedded = Annotated[Text, AfterValidator(_within_text)]
"""Text that becomes a part of another, as a name does of an ARN: not every expression may stand within text."""

_WholeList = Annotated[Text, AfterValidator(_one_expression)]
TextList = Annotated[
    Annotated[tuple[Text, ...], Tag(LIST_TAG)] | Annotated[_WholeList, Tag(TEXT_TAG)],
    Discriminator(_list_or_text),
]
"""A list of texts, or one expression that is a list."""

Identifier = Annotated[str, Word(IDENTIFIER, "use letters, digits, `-` and `_`, and start with a letter")]
"""A Terraform name."""

Key = Annotated[
    str,
    Word(
        r"[a-z][a-z0-9]*([-_][a-z0-9]+)*",
        "use lower-case letters, digits and single `-` or `_` between them, and start with a letter",
    ),
]
"""A name that becomes both a Terraform name and a part of AWS names."""
