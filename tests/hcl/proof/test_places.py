"""Places: what python-hcl2's parser remembers between lines, and the table of those that are known."""

from __future__ import annotations

import json
from importlib.machinery import ModuleSpec
from importlib.metadata import version
from pathlib import Path

import hcl2.parser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark.utils import TextSlice

from generator.hcl.proof.judge import judged
from generator.hcl.proof.known import JUDGE, TABLE, KnownPlace, known_places
from generator.hcl.proof.lines import shape_of_key, shapes_of
from generator.hcl.proof.parse import state_behind
from generator.hcl.proof.places import LinePlace, Places
from tools.known_places import table

NOTHING = [KnownPlace((), {})]
KNOWN = list(Places(known_places()))
STEPS = [(place, key, behind) for place in KNOWN for key, behind in place.next.items() if behind]


def behind(places: Places, text: str) -> LinePlace:
    """Return where a text leads."""
    place: LinePlace | None = places.beginning
    for line, shape in ((line, shapes_of([line])[line]) for line in text.removesuffix("\n").split("\n")):
        assert shape is not None, line
        place = place and places.behind(place, shape)
    assert place is not None, text
    return place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 1\n", 'b = "c"\n'),
        ("a = 1\n", "a = b.c\nd = [1]\ne = !f(g)\nh = i ? j : k\n"),
        ("a = 1\n", "a {\n  b = 1\n}\n"),
        ("a = 1\n\n", "a = 1\n# b\n\n# c\n"),
        ("a = [\n1,\n2,\n", 'a = [\n"b",\n{\n},\nc.d,\n'),
        ("a = {\nb = 1\nc = 2\n", 'a = {\nb = "c"\nd = [\n1\n]\ne = f\n'),
        ("a = f({\nb = 1\nc = 2\n", 'a = f({\nb = "c"\nd = [\n1\n]\ne = g(1)\n'),
    ],
)
def test_the_parser_remembers_of_two_texts_the_same(one: str, other: str) -> None:
    assert state_behind(one) == state_behind(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = [\n1,\n", "a = [\n1\n"),
        ("a = [\n", "a = [\n1,\n"),
        ("a = 1\n", "a = 1 + 2\n"),
        ("a = 1\n", "a = 1\n\n"),
        ("a = {\n", "a = [\n"),
        ("a {\n", "a = {\n"),
    ],
)
def test_the_parser_remembers_what_tells_two_texts_apart(one: str, other: str) -> None:
    assert state_behind(one) != state_behind(other)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("name", "NAME"), ("a-b", "NAME"), ("_a", "NAME"), ("e5", "NAME"), ("interval", "NAME"), ("iffy", "NAME")),
        *(('"', "DBLQUOTE"), ("{", "LBRACE"), ("}", "RBRACE"), ("]", "RSQB"), (")", "RPAR")),
        *(("\n", "NL_OR_COMMENT"), ("\n  ", "NL_OR_COMMENT"), ("# a\n", "NL_OR_COMMENT")),
    ],
)
def test_what_a_line_begins_with_is_one_token_in_each_state_that_takes_it(text: str, kind: str) -> None:
    lexers = hcl2.parser.parser().parser.lexer.lexer.lexers.values()
    outside_of_quotes = [lexer for lexer in lexers if "STRING_CHARS" not in {one.name for one in lexer.terminals}]
    taking = [lexer for lexer in outside_of_quotes if kind in {one.name for one in lexer.terminals}]
    assert len(taking) > 100
    assert {lexer.match(TextSlice.cast_from(text), 0) for lexer in taking} == {(text, kind)}


def test_places_with_the_same_past_are_one() -> None:
    places = Places(NOTHING)
    assert behind(places, "a {\n  b = 1\n") is behind(places, "a {\n  c = d.e\n  b = 1\n")
    assert behind(places, "a {\n  b = 1\n") is not behind(places, "a {\n")
    assert behind(places, "a {\n  b = 1\n") is not behind(places, "b {\n  b = 1\n")
    assert behind(places, "a {\n}\n") is behind(places, "b {\n  c = 1\n}\n")


def test_a_known_place_is_one_with_what_is_asked_about() -> None:
    places = Places(known_places())
    known = behind(places, "locals {\n}\n")
    assert behind(places, "unknown {\n}\n") is known


@given(st.data())
def test_a_line_leads_on_as_its_tokens_lead_the_parser(data: st.DataObject) -> None:
    """From any text that leads to a place, a line that may stand there leads to the same state."""
    place, key, target = data.draw(st.sampled_from(STEPS))
    line = shape_of_key(key).sample(7)
    inner = [other for other, _, reached in STEPS if reached is place] or [place]
    before = data.draw(st.sampled_from(inner))
    ways = [shape for shape, reached in before.next.items() if reached is place]
    text = f"{before.text}{shape_of_key(ways[0]).sample(8)}\n" if ways else place.text
    assert state_behind(f"{text}{line}\n") == target.state


@pytest.mark.parametrize(("place", "key", "target"), STEPS, ids=range(len(STEPS)))
def test_python_hcl2_takes_each_line_that_is_known_where_it_is_known(
    place: LinePlace, key: str, target: LinePlace
) -> None:
    line = shape_of_key(key)
    text = f"{place.text}{line.sample(len(place.way))}\n"
    assert state_behind(text) == target.state
    if not line.closed_by:
        judged(text + "".join(f"{opener.closed_by}\n" for opener in reversed(target.opened)))


def test_the_table_holds_what_the_repositorys_files_need() -> None:
    """As it is made anew, python-hcl2 is asked about all of it."""
    assert table() == json.loads(TABLE.read_text("utf-8"))


def test_nothing_is_known_of_another_version_of_python_hcl2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "known.json"
    other.write_text(TABLE.read_text("utf-8").replace(f'"{version(JUDGE)}"', '"8.0.0"'), "utf-8")
    known_places.cache_clear()
    monkeypatch.setattr("generator.hcl.proof.known.TABLE", other)
    assert list(known_places()) == NOTHING
    known_places.cache_clear()


@pytest.mark.parametrize("spec", [None, ModuleSpec("hcl2", None)], ids=["not there", "a folder of no package"])
def test_nothing_is_known_of_a_python_hcl2_that_is_not_installed(
    spec: ModuleSpec | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_places.cache_clear()
    monkeypatch.setattr("generator.hcl.proof.known.find_spec", lambda _: spec)
    assert list(known_places()) == NOTHING
    known_places.cache_clear()
