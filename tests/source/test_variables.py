"""Files of environment variables: what is written is read, and nothing in one ends in a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Position
from generator.source.variables import MOST_BYTES, variables_in

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{,8}", fullmatch=True)
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t")
VALUES = st.one_of(
    st.text(CHARACTERS), st.sampled_from(["", " ", "=", "#", "a #b", "${x}", '"q"', "'", "\ufeff", "\u2028"])
)
LINES_BETWEEN = st.lists(st.one_of(st.sampled_from(["", "  ", "\t", "#", "# A=1", "  #=="]), st.just("#")), max_size=2)


def read(text: str | bytes) -> tuple[dict[str, str], list[str]]:
    content = text if isinstance(text, bytes) else text.encode()
    found = variables_in(content, "a.env")
    return {name: one.value for name, one in found.variables.items()}, [str(problem) for problem in found.problems]


@given(st.dictionaries(NAMES, VALUES), st.data())
def test_what_is_written_is_read(variables: dict[str, str], data: st.DataObject) -> None:
    line_end = data.draw(st.sampled_from(["\n", "\r\n"]))
    lines, numbers = [], {}
    for name, value in variables.items():
        lines += data.draw(LINES_BETWEEN)
        lines.append(f"{data.draw(st.sampled_from(['', ' ', chr(9)]))}{name}={value}")
        numbers[name] = len(lines)
    text = line_end.join(lines) + data.draw(st.sampled_from(["", line_end]))
    if len(text.encode()) > MOST_BYTES:
        return

    found = variables_in(data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode(), "a.env")

    assert [(name, one.value) for name, one in found.variables.items()] == list(variables.items())
    for name, one in found.variables.items():
        where = one.place
        assert where.name.line == where.value.line == numbers[name]
        line = lines[numbers[name] - 1]
        assert line[where.name.column - 1 :].startswith(f"{name}=")
        assert line[where.value.column - 1 :] == variables[name]
    assert {problem.severity for problem in found.problems} <= {"warning"}


@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(str.encode)))
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    found = variables_in(content, "a.env")
    for problem in found.problems:
        assert problem.where.file == "a.env"
        assert problem.what
        assert problem.remedy
    lines = content.count(b"\n") + 1
    assert all(1 <= one.place.name.line <= lines for one in found.variables.values())


@pytest.mark.parametrize("control", ["\0", "\x07", "\r", "\x1b", "\x7f", "\x85"])
def test_a_control_character_is_told_at_its_place(control: str) -> None:
    for text in (f"A=1\nB=x{control}y\n", f"A=1\n# x{control}y\n"):
        variables, problems = read(text)
        assert variables == {"A": "1"}
        assert problems == [
            f"a.env:2:4: the character U+{ord(control):04X} is not allowed in a file of variables; remove it"
        ]


@pytest.mark.parametrize(
    ("value", "is_told"),
    [('"x"', True), ("'x'", True), ('""', True), ('"', False), ("\"x'", False), ('x"', False), ('"x" ', False)],
)
def test_quotes_around_a_value_are_told(value: str, is_told: bool) -> None:
    told = "a.env:1:4: warning: QQ: the quotes become a part of the value; remove them, unless the container needs them"
    assert read(f"QQ={value}") == ({"QQ": value}, [told] if is_told else [])


def test_a_file_may_be_as_large_as_a_task_definition() -> None:
    largest = b"A=" + b"x" * (MOST_BYTES - 2)
    assert read(largest) == ({"A": "x" * (MOST_BYTES - 2)}, [])
    assert read(largest + b"x") == (
        {},
        ["a.env: it has more than 64 KiB, the most that ECS takes in a task definition; make it smaller"],
    )


def test_a_name_that_stands_twice_counts_once() -> None:
    found = variables_in(b"A=1\nB=2\n A=3\nA=4", "a.env")
    assert found.variables["A"].value == "1"
    assert [problem.where for problem in found.problems] == [Position("a.env", 3, 2), Position("a.env", 4, 1)]
    assert {problem.what for problem in found.problems} == {"the name is written twice, first in line 1"}
