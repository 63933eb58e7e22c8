"""Tags: a text that AWS takes is taken, and any other is refused with what is wrong with it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.tags import TAGS
from generator.settings.breach import Breached

TAKEN = st.characters(categories=["L", "N", "Z"], include_characters="_.:/=+-@")
REFUSED = st.characters(exclude_categories=["L", "N", "Z", "Cs"], exclude_characters="_.:/=+-@\0${}%")


def is_composed(character: str) -> bool:
    return unicodedata.is_normalized("NFC", character)


def fault(key: str, value: str) -> str:
    """Return what is wrong with a tag, and what to write in its place; nothing for one that is taken."""
    try:
        assert TAGS.read({key: value}) == {key: value}
    except Breached as breached:
        (breach,) = breached.breaches
        return f"{breach.what}; {breach.remedy}"
    return ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("team", ""),
        ("cost center", "4711"),
        ("a:b/c=d+e-f.g_h@i", "a:b/c=d+e-f.g_h@i"),
        ("Größe", "日本 ٣ Ⅷ"),
        ("no-break\u00a0space", "ideographic\u3000space"),
        ("k" * 128, "v" * 256),
        ("é" * 128, "\U00020000" * 256),
        ("law:s", "jaws:"),
        ("aws", "aws"),
        ("owner", "${var.owner}"),
        ("owner", "a${var.owner}" + "b" * 255),
        ("owner", "${var.prefix}aws:"),
        ("owner", '${join(", ", var.owners)}'),
    ],
)
def test_a_tag_that_aws_takes_is_taken(key: str, value: str) -> None:
    assert fault(key, value) == ""


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("team", "a,b", "AWS does not take `,` in a tag"),
        ("team", "a\tb", "AWS does not take `\\t` in a tag"),
        ("team", "$${a}", "AWS does not take `$` in a tag"),
        ("team", "${var.a}, ${var.b}", "AWS does not take `,` in a tag"),
        ("team!", "a", "AWS does not take `!` in a tag"),
        ("${var.key}", "a", "AWS does not take `$` in a tag"),
        ("k" * 129, "a", "it has 129 characters; AWS allows 128: shorten it by 1"),
        ("team", "v" * 257, "it has 257 characters; AWS allows 256: shorten it by 1"),
        ("team", "v" * 200 + "${var.a}" + "v" * 58, "it has 258 characters; AWS allows 256: shorten it by 2"),
        ("aWs:team", "a", "only AWS may begin a tag with `aws:`"),
        ("team", "AWS:a", "only AWS may begin a tag with `aws:`"),
        ("team", "aws:${var.a}", "only AWS may begin a tag with `aws:`"),
        ("", "a", "the name is empty; write one"),
    ],
)
def test_a_tag_that_aws_refuses_is_refused(key: str, value: str, expected: str) -> None:
    assert fault(key, value).startswith(expected)


@given(TAKEN.filter(is_composed), TAKEN.filter(is_composed))
def test_letters_numbers_and_spaces_of_any_script_are_taken(key: str, value: str) -> None:
    assert fault(key, value) == ""


@given(REFUSED.filter(is_composed))
def test_any_other_character_is_refused(character: str) -> None:
    assert "in a tag; use letters, digits, spaces and + - = . _ : / @" in fault("a", f"_{character}")
    assert "in a tag; use letters, digits, spaces and + - = . _ : / @" in fault(f"_{character}", "a")
