"""Shapes: python-hcl2 says of one text what it says of all of its shape. python-hcl2 itself is the judge."""

from __future__ import annotations

import re
from importlib.machinery import ModuleSpec
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.hcl.errors import DisputeError, ParseError, RoundTripError
from generator.hcl.fragments import fragments_of
from generator.hcl.proof.known import JUDGE, TABLE, Known, known
from generator.hcl.proof.outline import outline_of
from generator.hcl.proof.parse import ParsedFile
from generator.hcl.proof.proof import Prover, is_expression, is_sound
from generator.hcl.proof.shape import Shape, shape_of
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError
from generator.hcl.write.text import hcl_text
from tests.support.paths import RENDERED, ROOT
from tests.support.strategies import escaped, expressions, literals
from tools.known_shapes import table

FILES = sorted([*RENDERED, *ROOT.glob("generated/compute/*.tf")])
PARTS = sorted({part for file in FILES for part in fragments_of(file.read_text("utf-8"))})

ODD_PARTS = [
    'x = "a${f("b")}c"\n',
    'x = "$${a ${f("b")} c"\n',
    "x = (1 # c\n + 2)\n",
    'x = {\n  80 = "a"\n  443 = "b"\n}\n',
    'x = {\n  ("a") = 1\n  ("b") = 2\n}\n',
    'x = {\n  "a${b.c}" = 1\n  "b${b.c}" = 2\n}\n',
    'x = {\n  a["k"] = 1\n  a["l"] = 2\n}\n',
    'locals {\n  y = {\n    80 = <<-EOT\n      a\n    EOT\n    443 = "x"\n  }\n}\n',
    "x = { a.iter = aws_lb, b = aws_lb.foo.arn }\n",
    'resource "a_b" "c" {\n  dynamic "d" /* e */ {\n    content {\n      f = "g"\n    }\n  }\n}\n',
    'x = [for k, v in a.b : "c${k}" if v != "d"]\n',
    'x = a.b[*].c["d"].e ? "f" : g.h.0.i\n',
    'output "{0}" {\n  value = a_b.c.d\n}\n',
    "x = <<A\n${b.c} ${d.e[0]} # f\nA\ny = b.c # g\n",
    'x = <<-A\n  ${b.c["d"]}\n  ${<<E\nE\n}\n  A\ny = b.c\n',
]
"""What the built-in templates do not write, and others may."""

SLOT = re.compile("«(?:name|text|number|comment)»")

NAMES = st.one_of(
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,8}", fullmatch=True),
    st.sampled_from(
        ["iterator", "for", "in", "if", "null", "true", "each", "for_each", "for-x", "in_", "iffy", "n0_", "__a", "e5"]
    ),
)
TEXTS = st.one_of(
    st.text(st.characters(codec="ascii"), max_size=8),
    st.sampled_from(
        ["/*", "*/", "//", "# a", "<<EOT", "__a", "for", "{", "}", "}}", "=", "a = b", "x ? y", "~", "${a}"]
    ),
)
NUMBERS = st.one_of(st.integers(0, 10**19).map(str), st.sampled_from(["0", "007", "1.5", "1e3", "-1"]))
COMMENTS = st.one_of(st.text(st.characters(codec="ascii"), max_size=8), st.sampled_from(["}", '"', "/*", "<<EOT"])).map(
    lambda text: f"#{text}"
)
FILLINGS = {"«name»": NAMES, "«text»": TEXTS, "«number»": NUMBERS, "«comment»": COMMENTS}

Verdict = list[int] | None


def verdict(text: str) -> Verdict:
    """Return the lines of a text's blocks where python-hcl2 finds those of Terraform, and reads its own dump alike."""
    try:
        document = ParsedFile(text)
        blocks = outline_of(Code(text)).blocks
    except (ParseError, TokenError):
        return None
    is_sound = list(document.blocks()) == blocks and document.survives_round_trip()
    return [line for _, line in blocks] if is_sound else None


def assert_proven_by(sample: str, text: str) -> None:
    """Where the sample is sound, the text is. Where it is not, it proves nothing."""
    said = verdict(sample)
    if said is not None:
        assert verdict(text) == said


def shape(text: str) -> Shape | None:
    try:
        return shape_of(text)
    except TokenError:
        return None


@st.composite
def odd_texts(draw: st.DrawFn) -> str:
    """Tokens at random: nearly never HCL, and so near to it as a fault of a template would be."""
    piece = st.one_of(
        NAMES,
        st.sampled_from(["<<A\n", "\nA\n", "\nA \n", "$${", "%%{", "A", "}\n", "<<-A\n"]),
        NUMBERS,
        NAMES.map(lambda name: f".{name}"),
        TEXTS.map(lambda text: f'"{text}"'),
        st.sampled_from(
            [" ", "\n", " = ", "{", "}", "[", "]", "(", ")", ",", ".", " - ", "-", "?", ":", "${", '"', "*"]
        ),
        COMMENTS.map(lambda comment: f"{comment}\n"),
    )
    return f"x = {''.join(draw(st.lists(piece, max_size=8)))}\ny = a.b\n"


@st.composite
def same_shape(draw: st.DrawFn) -> tuple[Shape, str]:
    """A shape of the repository's own files, and another text with that shape's literals that may have it or not."""
    found = shape(draw(st.sampled_from([*PARTS, *ODD_PARTS])))
    assert found is not None
    return found, SLOT.sub(lambda mark: draw(FILLINGS[mark.group()]), found.key)


@given(text=st.one_of(odd_texts(), expressions.map(lambda text: f"x = {hcl_text(text)}\n")))
@settings(max_examples=400)
def test_what_holds_for_the_sample_holds_for_the_text(text: str) -> None:
    found = shape(text)
    assume(found is not None)
    assert found is not None
    assert found.slots(text) is not None
    assert_proven_by(found.sample, text)


@given(pair=same_shape())
@settings(suppress_health_check=[HealthCheck.filter_too_much])  # most of what is hostile is of no slot's class
def test_what_has_the_shape_of_a_generated_text_is_as_sound_as_it_is(pair: tuple[Shape, str]) -> None:
    found, text = pair
    slots = found.slots(text)
    assume(slots is not None)
    assert slots is not None
    assert_proven_by(found.sample, text)
    assert found.outline(slots, 0) == outline_of(Code(text))
    again = shape_of(text)
    assert again is not None
    assert again.key == found.key


@given(texts=st.lists(literals.filter(lambda text: "\0" not in text), min_size=1, max_size=3))
def test_a_text_that_hcl_could_take_for_structure_has_no_shape_of_a_plain_one(texts: list[str]) -> None:
    plain = shape_of('x = ["text"]\n')
    assert plain is not None
    for text in texts:
        written = f"x = [{hcl_text(escaped(text))}]\n"
        if plain.slots(written) is not None:
            assert_proven_by(plain.sample, written)


@pytest.mark.parametrize("part", [*PARTS, *ODD_PARTS], ids=range(len(PARTS) + len(ODD_PARTS)))
def test_an_outline_is_the_same_by_shape_and_by_tokens(part: str) -> None:
    found = shape_of(part)
    assert found is not None
    slots = found.slots(part)
    assert slots is not None
    assert found.outline(slots, 7) == outline_of(Code(part), 7)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('resource "aws_lb" "this" {}\n', 'resource "aws_lb" "«name»" {}\n'),
        ("x = a.b.c\n", "x = a.«name».«name»\n"),
        ("x = a.for.c\n", "x = a.for.«name»\n"),
        ("x = a.0.b\n", "x = a.«number».«name»\n"),
        ("x = [1, 007, -1, 1.5, 1e3]\n", "x = [«number», 007, -1, 1.5, 1e3]\n"),
        (
            'x = ["a", "", "a\\n", "é", "<<EOT", "$", "a-${var.b}-c"]\n',
            'x = ["«text»", "", "a\\n", "«text»", "<<EOT", "$", "«text»${var.«name»}«text»"]\n',
        ),
        ('x = {\n  "a" = "b"\n  c : "d"\n}\n', 'x = {\n  "a" = "«text»"\n  c : "«text»"\n}\n'),
        ('a {\n  dynamic "b" {\n  }\n}\n', 'a {\n  dynamic "b" {\n  }\n}\n'),
        ('a {\n  dynamic "b" /* c */ {\n  }\n}\n', 'a {\n  dynamic "b" /* c */ {\n  }\n}\n'),
        ('a {\n  b "c" d "e" {\n  }\n}\n', 'a {\n  b "c" d "e" {\n  }\n}\n'),
        ('x = {\n  "a" /* c */ = "b"\n}\n', 'x = {\n  "a" /* c */ = "«text»"\n}\n'),
        ('x = ["{", "}", "a}"] # }\n', 'x = ["{", "}", "a}"] # }\n'),
        ('x = "a"', 'x = "a"'),
        ("x = [__a.b, a.__b, a.b]\n", "x = [__a.«name», a.__b, a.«name»]\n"),
        ('x = ["__a", "a__"]\n', 'x = ["__a", "«text»"]\n'),
        ('x = ["%", "\t", "\x7f", "\x85", "\xbf"]\n', 'x = ["%", "\t", "\x7f", "\x85", "\xbf"]\n'),
        ('x = ["\u2028", "\u2029"]\n', 'x = ["\u2028", "\u2029"]\n'),
        (f"x = [{'1' * 18}, {'1' * 19}]\n", f"x = [«number», {'1' * 19}]\n"),
        ("x = <<A\n${b.c} 1 ${[2]} # d\nA\ny = b.c\n", "x = <<A\n${b.c} 1 ${[2]} # d\nA\ny = b.«name»\n"),
        ("x = <<A\n${<<B\n${c.d}\nB\n}${c.d}\nA\n# e\n", "x = <<A\n${<<B\n${c.d}\nB\n}${c.d}\nA\n«comment»\n"),
        ("# é\n# e // x\nx = 1 // y\n", "# é\n«comment»\nx = «number» // y\n"),
        ("# a | b ~ c\n# {\n", "«comment»\n# {\n"),
    ],
)
def test_what_is_taken_out_of_a_text(text: str, key: str) -> None:
    found = shape_of(text)
    assert found is not None
    assert found.key == key


KEYWORDS = ("if", "in", "for", "for_each", "else", "endif", "endfor", "null", "true", "false")


@pytest.mark.parametrize("name", [*KEYWORDS, "for-x"])
def test_a_name_that_is_none_to_python_hcl2_stays_in(name: str) -> None:
    found = shape_of(f"x = a.{name}\n")
    assert found is not None
    assert found.key == f"x = a.{name}\n"


@pytest.mark.parametrize("name", ["iff", "in_", "for1", "nullA"])
def test_a_name_that_only_begins_like_a_keyword_is_taken_out(name: str) -> None:
    found = shape_of(f"x = a.{name}\n")
    assert found is not None
    assert found.key == "x = a.«name»\n"


@pytest.mark.parametrize("text", ["x = 1", "x = 1\n\n", "x = 1 + a\n", "\nx = 1\n", "y = 1\n", "x = a\n"])
def test_what_stands_beside_the_marks_is_of_the_shape(text: str) -> None:
    found = shape_of("x = 2\n")
    assert found is not None
    assert found.slots("x = 1\n") == ["1"]
    assert found.slots(text) is None


def test_a_text_that_holds_a_mark_has_no_shape() -> None:
    assert shape_of("x = a.«name»\n") is None


# Whole files


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_a_file_is_the_same_in_parts_and_as_a_whole(file: Path) -> None:
    text = file.read_text("utf-8")
    parts = Prover().fragments(text)
    whole = outline_of(Code(text))
    assert "".join(part.text for part in parts) == text
    assert [block for part in parts for block in part.outline.blocks] == whole.blocks
    assert [address for part in parts for address in part.outline.declared] == whole.declared
    assert [address for part in parts for address in part.outline.needed] == whole.needed


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
    (part,) = Prover().fragments(text)
    assert part.text == text


@pytest.mark.parametrize("keys", [("80", "443"), ('("a")', '("b")'), ("(a.b)", "(a.c)")])
def test_keys_that_are_taken_out_hide_no_entry_that_python_hcl2_cannot_write(keys: tuple[str, str]) -> None:
    first, second = keys
    with pytest.raises(RoundTripError):
        Prover().fragments(
            f'locals {{\n  y = {{\n    {first} = <<-EOT\n      a\n    EOT\n    {second} = "x"\n  }}\n}}\n'
        )


@pytest.mark.parametrize(
    "text",
    [
        f"x = <<EOT\n{BLOCK}EOT\n{BLOCK}",
        f"/*\n{BLOCK}*/\n{BLOCK}",
        f"y {{\n  x = <<-EOT\n}}\n  EOT\n}}\n{BLOCK}",
    ],
)
def test_the_end_of_a_block_within_a_heredoc_or_a_comment_is_none(text: str) -> None:
    (part,) = Prover().fragments(text)
    assert part.text == text
    assert part.outline.blocks[-1] == ("aws_lb.a", text.count("\n") - 2)


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
        Prover().fragments(text)
    assert place == getattr(raised.value, "offset", None) or place == (
        getattr(raised.value, "line", None),
        getattr(raised.value, "column", None),
    )


def test_a_block_that_does_not_read_back_has_its_place_in_the_file() -> None:
    with pytest.raises(RoundTripError) as raised:
        Prover().fragments(BLOCK + "# a\n\ny {\n  x = [for a in b : 0]\n}\n")
    assert raised.value.line == BLOCK.count("\n") + 3


def test_a_fault_is_told_in_the_words_of_the_text() -> None:
    with pytest.raises(ParseError, match="'12' is not allowed here"):
        Prover().fragments("y {\n  x = [a 12]\n}\n")


@pytest.mark.parametrize("text", ["x = [a 12]\n", "x = [for a in b : 0]\n"])
def test_a_shape_that_python_hcl2_does_not_take_or_write_back_is_not_sound(text: str) -> None:
    found = shape_of(text)
    assert found is not None
    assert not is_sound(found)


def test_a_name_in_a_heredoc_hides_no_end_of_it_from_python_hcl2() -> None:
    """To Terraform, the first `A` is a name of the interpolation."""
    sound = "x {\n  y = <<A\n${b.\nc\n  }\nA\n}\n"
    assert len(Prover().fragments(sound * 2)) == 2
    with pytest.raises(ParseError):
        Prover().fragments(sound + sound.replace("c", "A"))


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
        Prover().fragments(BLOCK + text)
    assert (raised.value.what, raised.value.line) == (what, BLOCK.count("\n") + line)


def test_parts_that_are_all_unlike_are_proven_each_for_itself() -> None:
    parts = Prover().fragments("".join(f'a "b" {{\n  c = 1\n  d{i} = "e"\n}}\n' for i in range(40)))
    assert len({part.shape.key for part in parts if part.shape}) == 40


def test_parts_of_one_shape_are_proven_by_the_first() -> None:
    first, second = Prover().fragments(BLOCK + BLOCK.replace('"a"', '"c"'))
    assert first.shape is not None
    assert second.shape is first.shape
    assert (second.lines_before, second.outline.blocks) == (3, [("aws_lb.c", 4)])


def test_what_python_hcl2_finds_beside_the_blocks_is_told_as_well() -> None:
    (part,) = Prover().fragments(f"a = 1\n{BLOCK}")
    assert part.outline.blocks == [("a = …", 1), ("aws_lb.a", 2)]


def test_a_part_may_hold_no_block() -> None:
    (part,) = Prover().fragments("# a\n")
    assert part.outline == ([], [], [])


def test_a_part_that_holds_a_mark_is_proven_without_a_shape() -> None:
    marked = BLOCK.replace("var.b", '"«name»"')
    first, second = Prover().fragments(marked * 2)
    assert (first.shape, second.shape, second.outline.blocks) == (None, None, [("aws_lb.a", 4)])
    with pytest.raises(ParseError):
        Prover().fragments(marked + marked.replace("«name»", '«name»" "b'))


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


# What is known


@pytest.mark.parametrize("key", sorted(known().texts), ids=range(len(known().texts)))
def test_python_hcl2_takes_each_text_that_is_known(key: str) -> None:
    sample = Shape(key).sample
    document = ParsedFile(sample)
    assert list(document.blocks()) == outline_of(Code(sample)).blocks
    assert document.survives_round_trip()


@pytest.mark.parametrize("key", sorted(known().expressions))
def test_python_hcl2_takes_each_expression_that_is_known(key: str) -> None:
    sample = Shape(key).sample
    assert list(ParsedFile(sample).blocks()) == outline_of(Code(sample)).blocks == [("x = …", 1)]


def test_the_table_holds_what_the_repositorys_files_need() -> None:
    made = table()
    assert (made["texts"], made["expressions"]) == (sorted(known().texts), sorted(known().expressions))


def test_nothing_is_known_of_another_version_of_python_hcl2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "known.json"
    other.write_text(TABLE.read_text("utf-8").replace(f'"{version(JUDGE)}"', '"8.0.0"'), "utf-8")
    known.cache_clear()
    monkeypatch.setattr("generator.hcl.proof.known.TABLE", other)
    assert known() == Known(frozenset(), frozenset())
    assert is_sound(Shape(BLOCK))
    known.cache_clear()


@pytest.mark.parametrize("spec", [None, ModuleSpec("hcl2", None)], ids=["not there", "a folder of no package"])
def test_nothing_is_known_of_a_python_hcl2_that_is_not_installed(
    spec: ModuleSpec | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.cache_clear()
    monkeypatch.setattr("generator.hcl.proof.known.find_spec", lambda _: spec)
    assert known() == Known(frozenset(), frozenset())
    known.cache_clear()
