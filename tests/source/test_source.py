"""YAML to plain data with positions."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import Position, SourceError
from generator.source.source import Scalar, Source, dotted


def source(text: str) -> Source:
    return Source(text, "s.yaml")


def refusal(text: str) -> list[str]:
    with pytest.raises(SourceError) as error:
        source(text)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    "written", ["yes", "1.10", "007", "0x1F", "1_000", "null", "2024-01-01", "~", "true", "1e3", "=", "12:30"]
)
def test_a_scalar_stays_as_its_author_wrote_it(written: str) -> None:
    assert source(f"a: {written}").data == {"a": written}


@pytest.mark.parametrize(
    ("written", "quoted"), [("1", False), ('"1"', True), ("'1'", True), ("|-\n  1", True), (">-\n  1", True)]
)
def test_a_scalar_knows_whether_it_was_quoted(written: str, quoted: bool) -> None:
    data = source(f"a: {written}").data
    assert isinstance(data, dict)
    scalar = data["a"]
    assert isinstance(scalar, Scalar)
    assert (scalar, scalar.quoted) == ("1", quoted)


def test_mappings_and_lists_keep_their_order() -> None:
    data = source("b: [2, 1]\na: {z: 1, y: 2}\n").data
    assert isinstance(data, dict)
    assert list(data) == ["b", "a"]
    assert data == {"b": ["2", "1"], "a": {"z": "1", "y": "2"}}


def test_an_alias_stands_for_what_it_names() -> None:
    assert source("a: &x {k: 1}\nb: *x\n").data == {"a": {"k": "1"}, "b": {"k": "1"}}


def test_a_value_has_the_position_where_it_starts() -> None:
    text = source("a:\n  b: 1\n  c:\n    - x\n    - y: z\n")
    assert text.position(("a", "b")) == Position("s.yaml", 2, 6)
    assert text.position(("a", "c", 0)) == Position("s.yaml", 4, 7)
    assert text.position(("a", "c", 1, "y")) == Position("s.yaml", 5, 10)


def test_a_mapping_or_a_list_has_the_position_of_its_key() -> None:
    text = source("a:\n  c: [1]\n")
    assert text.position(("a",)) == Position("s.yaml", 1, 1)
    assert text.position(("a", "c")) == Position("s.yaml", 2, 3)


def test_a_key_has_a_position_of_its_own() -> None:
    assert source("a:\n  b: 1\n").key_position(("a", "b")) == Position("s.yaml", 2, 3)


def test_what_is_not_there_has_the_position_of_the_nearest_entry_above() -> None:
    text = source("a:\n  b:\n    c: 1\n")
    assert text.position(("a", "b", "x", 3, "y")) == Position("s.yaml", 2, 3)
    assert text.position(("x",)) == Position("s.yaml", 1, 1)


def test_the_text_tells_what_it_holds() -> None:
    text = source("a: {b: [1]}")
    assert text.holds(("a", "b", 0))
    assert not text.holds(("a", "b", 1))
    assert not text.holds(("a", "c"))


def test_scalars_come_in_file_order_with_their_keys() -> None:
    text = source("b: {c: 1, a: [2, 3]}\nd: 4\n")
    assert list(text.scalars(("b",))) == [(("b", "c"), "1"), (("b", "a", 0), "2"), (("b", "a", 1), "3")]
    assert list(text.scalars(("x",))) == []


def test_a_key_path_reads_as_people_write_it() -> None:
    assert dotted(("services", "mail", "command", 0)) == "services.mail.command[0]"
    assert dotted(()) == ""


def test_a_key_that_stands_twice_is_kept_for_whoever_tells_of_it() -> None:
    source = Source("a: 1\nb: 2\na: 3\n", "s.yaml")
    assert source.data == {"a": "1", "b": "2"}
    (problem,) = source.written_twice
    assert str(problem) == "s.yaml:3:1: a: the key is written twice, first in line 1; keep one of them"


def test_all_problems_of_a_text_come_at_once() -> None:
    assert len(refusal("a: !x 1\nb: !!set {c}\nd: 1\nd: 2\n")) == 3


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert "the catalogue is empty" in refusal(text)[0]


@pytest.mark.parametrize("text", ["a: &x [*x]", "a: &x {b: *x}"])
def test_an_alias_within_itself_is_refused(text: str) -> None:
    assert "the alias contains itself" in refusal(text)[0]


def test_aliases_that_stand_for_too_much_are_refused() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert "its aliases expand to" in refusal("\n".join(["l0: &l0 [x]", *levels]))[0]


def test_two_documents_are_refused() -> None:
    assert refusal("a: 1\n---\nb: 2\n")[0].startswith("s.yaml:2:1: not YAML")


def test_half_of_a_surrogate_pair_is_refused() -> None:
    assert refusal('a: "\\ud83d"')[0].startswith("s.yaml:1:")  # libyaml refuses it itself


def test_bytes_that_are_not_utf_8_are_refused_where_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes(b"a: 1\nb: \xc3\xa9\xff\n")
    with pytest.raises(SourceError, match=r"s\.yaml:2:5: byte 0xff is not UTF-8"):
        Source.from_file(file, "s.yaml")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert Source.from_file(file, "s.yaml").data == {"a": "1", "b": "2"}
