"""Names of the catalogue itself in its values: `${tfgen.service}` is replaced by the name that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.catalogue.names import aws_name
from generator.errors import Rejection, likely, listed
from generator.hcl.tokens import Token, TokenKind
from generator.hcl.write.text import interpolations
from generator.settings.breach import Breach
from generator.settings.values import OWN_ROOT
from generator.source.source import Key, Scalar

_STEPS = (".", "[")
"""What would read something of a name."""

_ONLY_OF_A_SERVICE = ("only the values of a service have one", "move it into a service, or write the name itself")
_NOT_THERE = {
    "env": ("this catalogue has no environments", "write the name itself, or a variable such as `${var.env}`"),
    "service": _ONLY_OF_A_SERVICE,
    "key": _ONLY_OF_A_SERVICE,
}
"""What is wrong with a name that has no value at its place, and the remedy."""


def names_of_module(project: str) -> dict[str, str]:
    """Return what the names stand for in the values that services share."""
    return {"project": project}


def names_of_service(project: str, key: str) -> dict[str, str]:
    """Return what the names stand for in the values of a service: its name in AWS, and its key as it is written."""
    return names_of_module(project) | {"service": aws_name(key), "key": key}


def may_hold_own_names(text: str) -> bool:
    """Tell whether a name of the catalogue may stand in YAML: few catalogues have one, and to look takes time."""
    return OWN_ROOT in text


class OwnNames:
    """Puts names in place of their references, and keeps what is wrong with those that have none."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.breaches: list[Breach] = []

    def replaced(self, value: Any, key: Key = ()) -> Any:
        """Return a value of the catalogue with each name in it replaced; what holds none is returned as it is."""
        if isinstance(value, dict):
            return {name: self.replaced(inner, (*key, name)) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.replaced(item, (*key, index)) for index, item in enumerate(value)]
        if not isinstance(value, str) or OWN_ROOT not in value:
            return value
        try:
            return self._in_text(value)
        except Rejection as rejection:
            self.breaches.append(Breach(key, rejection.what, rejection.remedy))
            return value

    def _in_text(self, text: str) -> Scalar:
        pieces, offset = [], 0
        for start, end, written in self._replacements(text):
            pieces += [text[offset:start], written]
            offset = end
        found = Scalar("".join([*pieces, text[offset:]]))
        found.quoted = isinstance(text, Scalar) and text.quoted
        return found

    def _replacements(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where each reference to a name begins and ends, and what stands in its place.

        A whole `${tfgen.NAME}` becomes the name, and `tfgen.NAME` within an expression the name in quotes.
        """
        for tokens in interpolations(text):
            for index, token in enumerate(tokens):
                if not _is_root(tokens, index):
                    continue
                name, before, after = self._name_behind(tokens, index), tokens[index - 1], tokens[index + 3]
                if before.kind is TokenKind.OPEN_TEMPLATE and after.kind is TokenKind.CLOSE_TEMPLATE:
                    yield before.offset, _end(after), name
                else:
                    yield token.offset, _end(tokens[index + 2]), f'"{name}"'

    def _name_behind(self, tokens: Sequence[Token], index: int) -> str:
        """Return the name that a reference stands for. Raises `Rejection`."""
        match tokens[index + 1 : index + 4]:
            case [Token(text="."), Token(kind=TokenKind.IDENT, text=name), Token(text=after)] if after not in _STEPS:
                return self._named(name)
        written = listed([f"`{OWN_ROOT}.{name}`" for name in self._names])
        raise Rejection(f"`{OWN_ROOT}` is not a value, and its names are texts", f"write {written} alone")

    def _named(self, name: str) -> str:
        if name in self._names:
            return self._names[name]
        what, remedy = _NOT_THERE.get(name, ("there is no such name", likely(name, self._names)))
        raise Rejection(f"`{OWN_ROOT}.{name}`: {what}", remedy)


def _is_root(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a token is where a reference begins. The key of an object may have the same name."""
    token, before, after = tokens[index], tokens[index - 1], tokens[index + 1 : index + 2]
    is_key = bool(after) and after[0].text in ("=", ":")
    return token.kind is TokenKind.IDENT and token.text == OWN_ROOT and before.text != "." and not is_key


def _end(token: Token) -> int:
    return token.offset + len(token.text)
