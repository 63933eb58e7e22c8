"""Tags: what their keys and values may be. The same tags go to roles, log groups, repositories and all of ECS."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from generator.aws import limits
from generator.errors import Rejection
from generator.hcl.write.composed import check_composed
from generator.hcl.write.text import Literal, parts
from generator.settings.parts import MappingOf
from generator.settings.values import AnyText, Word, shown

_ASCII_REFUSED = r"\x00-\x1f!-*,;<>?\[-\^`{-\x7f"
"""What is refused of ASCII, as a part of a class of characters that Python and editors read alike."""


class _TagKey(Word):
    """The key of a tag. Of other characters than ASCII, a JSON Schema cannot say which ones AWS takes."""

    def __init__(self) -> None:
        super().__init__(rf"(?![aA][wW][sS]:)[^{_ASCII_REFUSED}]{{1,{limits.TAG_KEY_LENGTH}}}", "")

    def read(self, value: object) -> str:
        text = str(value)
        if not text:
            raise Rejection("there is no key", "write one")
        check_composed(text)
        _check([text], limits.TAG_KEY_LENGTH)
        return text


class _TagValue(AnyText):
    """The value of a tag. What an expression comes to is not checked, only what stands around it."""

    def read(self, value: object) -> str:
        text = super().read(value)
        _check([piece.value if isinstance(piece, Literal) else "" for piece in parts(text)], limits.TAG_VALUE_LENGTH)
        return text


TAGS = MappingOf(_TagKey(), _TagValue())
"""Tags by their keys."""


def _check(literals: Sequence[str], longest: int) -> None:
    """Check what is certain of a text: its literals in their order, an empty one for each expression.

    Raises `Rejection`.
    """
    text = "".join(literals)
    strange = next((character for character in text if not _is_taken(character)), None)
    if strange is not None:
        raise Rejection(
            f"AWS does not take {shown(strange)} in a tag", "use letters, digits, spaces and + - = . _ : / @"
        )
    if len(text) > longest:
        raise Rejection(f"it has {len(text)} characters", f"AWS allows {longest}: shorten it by {len(text) - longest}")
    if literals and literals[0].lower().startswith(limits.RESERVED_TAG_PREFIX):
        raise Rejection(f"only AWS may begin a tag with `{limits.RESERVED_TAG_PREFIX}`", "start it with something else")


def _is_taken(character: str) -> bool:
    """Tell whether AWS takes a character. The letters of its categories are those of Python: `Lu`, `Zs`, `Nd`."""
    return character in limits.TAG_SIGNS or unicodedata.category(character)[0] in "LZN"
