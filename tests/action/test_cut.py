"""What the action cuts: a report that is longer than a comment, or than the summary of a job."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from action import comment, summary
from action.cut import cut
from tests.support.paths import ROOT

NOTE = "*There is more.*"


def is_a_paragraph_of_its_own(text: str) -> bool:
    """Tell whether the note is what a renderer of CommonMark reads last, outside of everything else."""
    *_, opening, note, _ = MarkdownIt("commonmark").parse(text)
    return opening.type == "paragraph_open" and opening.level == 0 and note.content == NOTE


OPENED = ["```", "````diff", "~~~", "~~~~~ a`b", "   ```", " ~~~", "``` a b", "~~~ ```"]


@pytest.mark.parametrize("inside", ["x", "``", "~~", "    ```", "``` x", "~~~ x", "\t```", "`` `", "- ~~", "a ```", ""])
@pytest.mark.parametrize("opened", OPENED)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_block_of_code_that_the_cut_leaves_open_is_closed(opened: str, inside: str, end: str) -> None:
    text = f"# Title{end}{opened}{end}{inside}{end}" + f"x{end}" * 100
    told = cut(text, 120, NOTE)
    assert 110 < len(told) <= 120
    assert told.startswith(f"# Title\n{opened}\n{inside}\nx\n")
    assert is_a_paragraph_of_its_own(told)
    (code,) = [token for token in MarkdownIt("commonmark").parse(told) if token.type == "fence"]
    assert code.content.endswith("x\n")


@pytest.mark.parametrize(
    "closed",
    [
        *(
            "```\nx\n```",
            "  ```\nx\n```",
            "```\nx\n`````",
            "````\n```\n````",
            "~~~\nx\n~~~~  \t",
            "```\n~~~\n   ```",
            "~~~ `\n~~~",
        ),
        *("``` a`b", "`` a", "    ```", "\t```", "x ```", "> ```\n\nx"),
    ],
)
def test_no_block_is_closed_that_is_not_open(closed: str) -> None:
    told = cut(f"{closed}\n\n" + "x\n" * 100, 100, NOTE)
    assert told.endswith(f"x\nx\n\n{NOTE}\n")
    assert is_a_paragraph_of_its_own(told)


FENCES = ["```", "````", "~~~", "~~~~", "   ```", " ~~~~ ", "```x", "``` x`y", "~~~ `", "`````````", "~~~\t", "``` "]
TEXTS = [
    "`",
    "",
    "x",
    "# x",
    "---",
    "| a |",
    "    x",
    "\t~~~",
    "> x",
    "*x",
    "x\u2028```",
    "x\x0b```",
    "x\x85~~~",
    "é🌈",
]
PIECES = st.sampled_from([*FENCES, *TEXTS])


@given(st.lists(PIECES, min_size=20, max_size=60), st.sampled_from(["\n", "\r\n", "\r"]), st.integers(30, 90))
def test_whatever_is_cut_the_note_is_outside_of_it(lines: list[str], end: str, most: int) -> None:
    text = end.join(lines) + "x" * 90
    told = cut(text, most, NOTE)
    assert len(told) <= most
    assert told.endswith(f"\n{NOTE}\n")
    assert is_a_paragraph_of_its_own(told)
    kept = told.removesuffix(f"\n{NOTE}\n").splitlines()
    assert [*kept, ""][: len(kept) - 1] == "\n".join(lines).splitlines()[: max(len(kept) - 1, 0)]


@given(st.lists(PIECES, max_size=20), st.integers(0, 5))
def test_what_fits_is_left_as_it_is(lines: list[str], more: int) -> None:
    text = "\r\n".join(lines)
    assert cut(text, len(text) + more, NOTE) == text


def test_the_longest_part_that_fits_is_kept() -> None:
    text = "".join(f"{number:9}\n" for number in range(100))
    for most in range(50, 500):
        kept = cut(text, most, "*").removesuffix("\n*\n")
        assert most - 10 < len(kept) + 3 <= most


def test_a_line_that_does_not_fit_is_left_out_whole() -> None:
    assert cut(f"# Title\n```\n{'x' * 1000}\n```\n", 100, NOTE) == f"# Title\n```\n```\n\n{NOTE}\n"
    assert cut(f"# Title\n{'`' * 90}\nx\n", 100, NOTE) == f"# Title\n\n{NOTE}\n"
    assert cut("x" * 1000, 100, NOTE) == f"\n{NOTE}\n"


# --- the two scripts


def run(script: str, report: bytes) -> bytes:
    command = [sys.executable, "-I", str(ROOT / "action" / script)]
    return subprocess.run(command, input=report, check=True, capture_output=True).stdout


def test_a_comment_has_as_many_characters_as_github_takes() -> None:
    """GitHub was seen to refuse more than 262,144 bytes: as many as the longest of so many characters have."""
    assert comment.LONGEST == 65_536 == 262_144 // len("🌈".encode())
    text = "# Title\n```\n" + "é🌈+\n" * 20_000
    told = cut(text, comment.LONGEST, comment.NOTE)
    assert comment.LONGEST - 4 <= len(told) <= comment.LONGEST
    assert told.endswith("é🌈+\n```\n\n*The report goes on in the job's summary.*\n")


@pytest.mark.parametrize("beyond", [0, 1, 1 << 20])
def test_a_summary_is_cut_by_its_bytes_and_says_so(beyond: int) -> None:
    report = b"# Title\n~~~~diff\n" + "é🌈\n".encode() * 149_000
    report += b"x" * ((1 << 20) - len(report) - 1) + b"\n" + b"y" * beyond
    told = run("summary.py", report)
    if not beyond:
        assert (len(told), told) == (1_048_576, report)
    else:
        assert 1_000_000 < len(told) <= 1_048_576
        note = "é🌈\n~~~~\n\n*The report goes on; `tfgen report` writes the whole of it.*\n"
        assert told.endswith(note.encode())


def test_a_report_that_is_no_utf_8_is_summarized() -> None:
    assert run("summary.py", b"\xff\n") == "\ufffd\n".encode()
    assert summary.LONGEST == 1_048_576
