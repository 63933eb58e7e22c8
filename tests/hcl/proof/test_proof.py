"""Files proven line by line: what is taken in that way python-hcl2 takes as a whole, and finds the same in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.hcl.errors import DisputeError, ParseError, RoundTripError
from generator.hcl.fragments import fragments_of
from generator.hcl.proof.judge import judged
from generator.hcl.proof.known import KnownPlace, known_places
from generator.hcl.proof.lines import Read
from generator.hcl.proof.outline import Needed, outline_of
from generator.hcl.proof.proof import ProvenFile, Prover, is_expression, proven
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError
from generator.hcl.write.text import hcl_text
from tests.support.mutated_hcl import BLOCKS, mutated_texts
from tests.support.paths import RENDERED, ROOT
from tests.support.strategies import escaped, expressions, literals

FILES = sorted([*RENDERED, *ROOT.glob("generated/compute/*.tf")])

PROVERS = {"known": Prover(known_places()), "asking": Prover([KnownPlace((), {})])}
"""One that knows what the built-in templates write, and one that asks python-hcl2 about each line."""


def line_by_line(text: str, prover: Prover) -> ProvenFile | None:
    """Return a file, if each of its lines was proven in its place."""
    try:
        found = prover.file(text)
    except (TokenError, ParseError, DisputeError, RoundTripError):
        return None
    return found if all(part.outline is None for part in found.parts) else None


def assert_is_as_a_whole(found: ProvenFile, text: str) -> None:
    """What python-hcl2 says of the whole text, it said of the lines."""
    whole = judged(text)
    assert found.blocks == whole.blocks
    assert found.declared == [address for address, _ in whole.declared]
    assert sorted(found.needed()) == sorted(whole.needed)
    assert set(found.reads()) == {Read(*one[:3]) for one in whole.needed}


# What holds of the lines holds of the whole


@pytest.mark.parametrize("prover", PROVERS)
@given(text=mutated_texts())
@settings(max_examples=250, deadline=None)
def test_a_mutated_text_that_is_proven_line_by_line_is_proven_as_a_whole(prover: str, text: str) -> None:
    found = line_by_line(text, PROVERS[prover])
    if found is not None:
        assert_is_as_a_whole(found, text)


ALONE = [block for block in BLOCKS if line_by_line(block, PROVERS["known"])]


def test_all_blocks_but_those_of_dynamic_statements_are_proven_line_by_line() -> None:
    assert [block for block in BLOCKS if block not in ALONE and 'dynamic "statement"' not in block] == []


@given(order=st.lists(st.sampled_from(ALONE), max_size=4))
@settings(max_examples=30, deadline=None)
def test_blocks_that_are_proven_line_by_line_are_so_in_any_order(order: list[str]) -> None:
    found = line_by_line("".join(order), PROVERS["known"])
    assert found is not None
    assert_is_as_a_whole(found, "".join(order))


IN_PLACES = [
    "a {{\n  b = {}\n}}\n",
    "a {{\n  b = [\n    1,\n    {}\n  ]\n}}\n",
    "a {{\n  b {{\n    c = {{\n      d = {}\n    }}\n  }}\n}}\n",
    "a {{\n  b = f({{\n    c = [{}]\n    d = {}\n  }})\n}}\n",
    "a {{\n  b = c == {}\n}}\n",
    "a {{\n  b = c ? {} : {}\n}}\n",
]
"""Where a text may stand: python-hcl2 reads it in another way in each."""


@pytest.mark.parametrize("place", IN_PLACES)
@given(
    value=st.one_of(
        literals.map(escaped), st.lists(st.sampled_from(["${var.a}", "a", "$$", '"', "\\", "}"])).map("".join)
    )
)
@settings(max_examples=60, deadline=None)
def test_a_text_is_proven_by_another_one(place: str, value: str) -> None:
    text = place.format(hcl_text(value), hcl_text(value))
    found = line_by_line(text, PROVERS["known"])
    if found is not None:
        assert_is_as_a_whole(found, text)


@pytest.mark.parametrize("place", IN_PLACES)
@given(expression=expressions)
@settings(max_examples=30, deadline=None)
def test_an_expression_is_proven_by_another_one(place: str, expression: str) -> None:
    text = place.format(expression, expression)
    found = line_by_line(text, PROVERS["known"])
    if found is not None:
        assert_is_as_a_whole(found, text)


@pytest.mark.parametrize(
    "text",
    [
        "a {\n  b = [\n    1\n    2\n  ]\n}\n",
        "a {\n  b = [\n    1,\n    ,\n  ]\n}\n",
        "a {\n  b = 1\n  b {\n  }\n}\n",
        "a {\n  b {\n  }\n  b = 1\n}\n",
        "a {\n  c {\n    b = 1\n    b {\n    }\n  }\n}\n",
        "a {\n  b = f(\n    c\n    d\n  )\n}\n",
        "a {\n  1\n}\n",
        "a {\n  b\n}\n",
        'a {\n  "b" = 1\n}\n',
        "a {\n  b = 1 +\n}\n",
        "a {\n  b = [\n  }\n}\n",
        "a {\n  b = {\n    c {\n    }\n  }\n}\n",
        "a {\n  b = [for c in d : 0]\n}\n",
        'a {\n  b = "say \\"${var.c}"\n}\n',
        'a {\n  dynamic "b" {\n    for_each = c\n    content {\n      d = b.value\n    }\n  }\n}\n',
        "b = 1\n",
        "a {\n  b = 1\n",
        "a {\n  b = 1\n}",
        "}\n",
        "a b {\n}\n",
    ],
)
def test_what_python_hcl2_does_not_take_or_tfgen_reads_beyond_a_line_is_not_proven_so(text: str) -> None:
    assert line_by_line(text, PROVERS["known"]) is None


def test_behind_a_part_that_is_proven_as_a_whole_lines_are_again() -> None:
    found = proven(f"a {{\n  b = <<-E\n    c\n  E\n}}\n{BLOCK}")
    assert [part.outline is None for part in found.parts] == [False, True]
    assert found.blocks == [("a", 1), ("aws_lb.a", 6)]
    assert list(found.needed()) == [Needed("var.b", "", "", 7)]


def test_an_operator_at_the_end_of_a_line_swallows_no_other() -> None:
    found = line_by_line("a {\n  b = c + 1\n  d = 2\n\n  e = c + 1\n\n  f {\n  }\n}\n", PROVERS["asking"])
    assert found is not None


# Whole files


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_a_file_is_the_same_in_parts_and_as_a_whole(file: Path) -> None:
    text = file.read_text("utf-8")
    found, whole = proven(text), outline_of(Code(text))
    assert "".join(found.text(part) for part in found.parts) == text
    assert found.blocks == whole.blocks
    assert found.declared == [address for address, _ in whole.declared]
    assert list(found.needed()) == whole.needed


BLOCK = 'resource "aws_lb" "a" {\n  name = var.b\n}\n'


@pytest.mark.parametrize(
    "parts", [[], ["\n}\n"], ["\n}\n", "x = 1\n"], [BLOCK] * 9, [BLOCK, BLOCK, "# end\n"], ["x = {}\n"], ["a {}\n}"]]
)
def test_a_fragment_ends_with_a_block_or_with_the_file(parts: list[str]) -> None:
    assert list(fragments_of("".join(parts))) == parts


@pytest.mark.parametrize(
    "text",
    [
        "locals {\nx = {\na = 1\n}\n}\n",
        'resource "a" "b" {\nlifecycle {\n}\n}\n',
        f"x = [\n{{\n}}\n]\n{BLOCK}",
    ],
)
def test_a_line_of_a_text_without_indentation_may_look_like_the_end_of_a_block(text: str) -> None:
    found = proven(text)
    assert [found.text(part) for part in found.parts] == [text]


@pytest.mark.parametrize("keys", [("80", "443"), ('("a")', '("b")'), ("(a.b)", "(a.c)")])
def test_keys_that_are_taken_out_hide_no_entry_that_python_hcl2_cannot_write(keys: tuple[str, str]) -> None:
    first, second = keys
    with pytest.raises(RoundTripError):
        proven(f'locals {{\n  y = {{\n    {first} = <<-EOT\n      a\n    EOT\n    {second} = "x"\n  }}\n}}\n')


@pytest.mark.parametrize(
    "text",
    [
        f"x = <<EOT\n{BLOCK}EOT\n{BLOCK}",
        f"/*\n{BLOCK}*/\n{BLOCK}",
        f"y {{\n  x = <<-EOT\n}}\n  EOT\n}}\n{BLOCK}",
    ],
)
def test_the_end_of_a_block_within_a_heredoc_or_a_comment_is_none(text: str) -> None:
    found = proven(text)
    assert [found.text(part) for part in found.parts] == [text]
    assert found.blocks[-1] == ("aws_lb.a", text.count("\n") - 2)


@pytest.mark.parametrize(
    ("text", "error", "place"),
    [
        (BLOCK + "y {\n  x = [a b]\n}\n", ParseError, (5, 10)),
        (BLOCK + "y {\n  x = [\n}\n", TokenError, len(BLOCK) + len("y {\n  x = [\n")),
        (BLOCK + 'y {\n  x = "a\n}\n', TokenError, len(BLOCK) + len("y {\n  x = ")),
        (BLOCK * 2 + "# é\nx = $\n", TokenError, 2 * len(BLOCK) + 8),
    ],
)
def test_a_fault_has_its_place_in_the_file(text: str, error: type[Exception], place: object) -> None:
    with pytest.raises(error) as raised:
        proven(text)
    assert place == getattr(raised.value, "offset", None) or place == (
        getattr(raised.value, "line", None),
        getattr(raised.value, "column", None),
    )


def test_a_block_that_does_not_read_back_has_its_place_in_the_file() -> None:
    with pytest.raises(RoundTripError) as raised:
        proven(BLOCK + "# a\n\ny {\n  x = [for a in b : 0]\n}\n")
    assert raised.value.line == BLOCK.count("\n") + 3


def test_a_fault_is_told_in_the_words_of_the_text() -> None:
    with pytest.raises(ParseError, match="'12' is not allowed here"):
        proven("y {\n  x = [a 12]\n}\n")


def test_a_name_in_a_heredoc_hides_no_end_of_it_from_python_hcl2() -> None:
    """To Terraform, the first `A` is a name of the interpolation."""
    sound = "x {\n  y = <<A\n${b.\nc\n  }\nA\n}\n"
    assert len(proven(sound * 2).blocks) == 2
    with pytest.raises(ParseError):
        proven(sound + sound.replace("c", "A"))


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        (
            "a {\n  x = <<E\nE \n}\nb {\n}\nc {\n  x = <<E\nE\n}\n",
            "Terraform finds b here, and python-hcl2 does not",
            5,
        ),
        ('a "" {\n}\n', 'Terraform finds a."" here, and python-hcl2 does not', 1),
        ("a = <<E\n\x1cE\nb = <<E\nE\n", "python-hcl2 finds b = … here, and Terraform does not", 3),
    ],
)
def test_what_one_reader_alone_finds_is_told_with_its_place_in_the_file(text: str, what: str, line: int) -> None:
    with pytest.raises(DisputeError) as raised:
        proven(BLOCK + text)
    assert (raised.value.what, raised.value.line) == (what, BLOCK.count("\n") + line)


def test_parts_with_the_same_lines_within_types_of_blocks_have_one_form() -> None:
    text = BLOCK + BLOCK.replace('"a"', '"c"') + BLOCK.replace("name", "other")
    first, second, third = proven(text).parts
    assert first.form is second.form
    assert first.form is not third.form
    assert (second.first, proven(text).blocks[1]) == (3, ("aws_lb.c", 4))


def test_what_python_hcl2_finds_beside_the_blocks_is_told_as_well() -> None:
    assert proven(f"a = 1\n{BLOCK}").blocks == [("a = …", 1), ("aws_lb.a", 2)]


def test_a_file_may_hold_no_block() -> None:
    for text in ("", "\n", "# a\n", "\n# a\n\n"):
        found = proven(text)
        assert (found.blocks, found.declared, list(found.needed())) == ([], [], [])


def test_a_line_that_holds_a_mark_is_proven_as_part_of_a_whole() -> None:
    marked = BLOCK.replace("var.b", '"«text»"')
    assert [part.form for part in proven(marked * 2).parts] == [None, None]
    with pytest.raises(ParseError):
        proven(marked + marked.replace("«text»", '«text»" "b'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a"', True),
        ('"a" "b"', False),
        ('"«a»"', True),
        ('"«a»" "b"', False),
        ("'", False),
        ("a\ny = b", False),
        ("[for a in b : 0]", False),
    ],
)
def test_what_is_one_expression(text: str, expected: bool) -> None:
    assert is_expression(text) is expected
