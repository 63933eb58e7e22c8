"""Identifiers of Terraform: Unicode's of version 9, with hyphens and underscores."""

from __future__ import annotations

import pytest

from generator.hcl.identifiers import is_name, strange_letter


@pytest.mark.parametrize(
    "name", ["a", "_", "a-b", "a1", "größe", "日本", "e\u0301", "a·b", "ª", "_é-1", "\u037a", "\u0e33", "℮b", "a\u0660"]
)
def test_what_is_a_name(name: str) -> None:
    assert is_name(name)
    assert strange_letter(name) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        *(("é€", 1), ("€é", 0), ("\u0301a", 0), ("é×", 1), ("é b", 1), ("-é", 0), ("·é", 0), ("\u0660é", 0)),
        *(("é\u2028", 1), ("é\u200b", 1), ("\U0001f600", 0)),
        *(("\u05ef", 0), ("a\U0003134a", 1)),  # letters of a later Unicode
    ],
)
def test_what_is_none(text: str, index: int) -> None:
    assert not is_name(text)
    assert strange_letter(text) == index


@pytest.mark.parametrize("text", ["", "1a", "-a", "a b", "a.b", "a\n"])
def test_what_is_none_in_ascii(text: str) -> None:
    assert not is_name(text)
