"""Rendered files against those on disk."""

from __future__ import annotations

import pytest

from generator.files.drift import FileComparison, State, companions, compare
from generator.rendering.render import GeneratedFile, header

HEADER = header("services.yaml")
TEXT = f"{HEADER}\n\na = 1\nb = 2\n"
MAIN = GeneratedFile("main.tf", TEXT)


def compared(on_disk: bytes) -> FileComparison:
    (comparison,) = compare([MAIN], {"main.tf": on_disk}, HEADER)
    return comparison


@pytest.mark.parametrize(
    ("on_disk", "state"),
    [
        (TEXT.encode(), State.SAME),
        (TEXT.replace("1", "2").encode(), State.CHANGED),
        (TEXT.encode()[:-1], State.CHANGED),
        (HEADER.encode(), State.CHANGED),
        (b"\xef\xbb\xbf" + TEXT.encode(), State.CHANGED),
        (TEXT.encode() + b"\xff", State.CHANGED),
        (TEXT.replace("\n", "\r\n").encode(), State.LINE_ENDINGS),
        (TEXT.replace("\n", "\r\n", 2).encode(), State.LINE_ENDINGS),
        (TEXT.replace("\n", "\r\n").replace("1", "2").encode(), State.CHANGED),
        (b"a = 1\n", State.UNMANAGED),
        (b"", State.UNMANAGED),
        (f"\n{TEXT}".encode(), State.UNMANAGED),
        (TEXT.replace("services.yaml", "other.yaml").encode(), State.UNMANAGED),
        (f"{HEADER} \n".encode(), State.UNMANAGED),
    ],
)
def test_a_file_on_disk_is_in_a_state(on_disk: bytes, state: State) -> None:
    assert compared(on_disk).state is state


def test_a_file_that_is_not_there_is_missing() -> None:
    assert compare([MAIN], {}, HEADER) == [FileComparison("main.tf", State.MISSING, None, TEXT)]


def test_a_generated_file_that_nothing_renders_is_orphaned() -> None:
    comparisons = compare([MAIN], {"main.tf": TEXT.encode(), "old.tf": TEXT.encode()}, HEADER)
    assert [(found.name, found.state) for found in comparisons] == [
        ("main.tf", State.SAME),
        ("old.tf", State.ORPHANED),
    ]


def test_a_file_of_another_catalogue_is_no_orphan_of_this_one() -> None:
    other = TEXT.replace("services.yaml", "other.yaml").encode()
    assert [found.name for found in compare([MAIN], {"other.tf": other}, HEADER)] == ["main.tf"]


def test_companions_are_what_people_write_and_what_other_catalogues_generate() -> None:
    other = TEXT.replace("services.yaml", "other.yaml").encode()
    on_disk = {"main.tf": b"a = 1\n", "old.tf": TEXT.encode(), "variables.tf": b"b = 1\n", "other.tf": other}
    assert companions(on_disk, ["main.tf"], HEADER) == {"variables.tf": b"b = 1\n", "other.tf": other}


def test_a_difference_is_shown_as_a_unified_diff() -> None:
    assert compared(TEXT.replace("b = 2", "b = 3").encode()).diff("out") == [
        "--- a/out/main.tf",
        "+++ b/out/main.tf",
        "@@ -1,4 +1,4 @@",
        f" {HEADER}",
        " ",
        " a = 1",
        "-b = 3",
        "+b = 2",
    ]


def test_a_missing_file_is_shown_as_a_new_one() -> None:
    (comparison,) = compare([MAIN], {}, HEADER)
    assert comparison.diff("out")[:3] == ["--- /dev/null", "+++ b/out/main.tf", "@@ -0,0 +1,4 @@"]


def test_an_orphan_is_shown_as_a_removed_one() -> None:
    (comparison,) = compare([], {"old.tf": TEXT.encode()}, HEADER)
    assert comparison.diff("out")[:3] == ["--- a/out/old.tf", "+++ /dev/null", "@@ -1,4 +0,0 @@"]


def test_a_missing_last_line_feed_is_shown_as_git_shows_it() -> None:
    assert compared(TEXT[:-1].encode()).diff("out")[-3:] == ["-b = 2", r"\ No newline at end of file", "+b = 2"]


def test_a_line_separator_within_a_line_ends_none() -> None:
    text = f'{HEADER}\na = "\u2028\x0c\x85"\n'
    (comparison,) = compare([GeneratedFile("main.tf", text)], {"main.tf": HEADER.encode() + b"\n"}, HEADER)
    assert comparison.diff("out")[-1] == '+a = "\u2028\x0c\x85"'


def test_line_endings_alone_show_no_diff() -> None:
    assert compared(TEXT.replace("\n", "\r\n").encode()).diff("out") == []


@pytest.mark.parametrize(
    ("on_disk", "line"),
    [
        (TEXT, 1 + len(TEXT.splitlines()) - 1),
        (TEXT.replace("b = 2", "b = 3"), 4),
        (TEXT.replace("a = 1\n", ""), 3),
        (f"{HEADER}\n", 1),
        (TEXT.replace("a = 1", "a = 2"), 3),
        (TEXT.replace("b = 2\n", ""), 3),
        (f"{TEXT}c = 3\n", 5),
        (f"{TEXT}c = 3\nd = 4\n", 5),
        ("", 1),
    ],
)
def test_the_first_line_that_differs_is_one_of_those_on_disk(on_disk: str, line: int) -> None:
    assert compared(on_disk.encode()).first_line() == line
