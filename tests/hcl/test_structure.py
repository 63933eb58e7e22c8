"""The bodies of a file: blocks, the blocks within them, and arguments, each where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.hcl.proof.parse import ParsedFile
from generator.hcl.structure import Argument, Body, Code
from generator.hcl.tokens import TokenError
from tests.support.paths import RENDERED, ROOT

HCLS = sorted([*RENDERED, *ROOT.glob("generated/compute/*.tf")])


def body(text: str) -> Body:
    (found,) = Code(text).bodies
    return found


def arguments(body: Body) -> dict[str, str]:
    """Return a body's arguments with the tokens of their values as one text."""
    return {argument.name: "".join(token.text for token in argument.value) for argument in body.arguments}


def argument(value: str) -> Argument:
    """Return the argument with a value, from between two others, so that what ends it too late or early is seen."""
    found = body(f"a {{\n  before = 1\n  x = {value}\n  behind = 2\n}}\n")
    assert [one.name for one in found.arguments] == ["before", "x", "behind"]
    return found.arguments[1]


@pytest.mark.parametrize("file", HCLS, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_the_blocks_of_a_file_are_those_that_python_hcl2_finds_in_the_same_lines(file: Path) -> None:
    text = file.read_text("utf-8")
    assert [(one.address, one.line) for one in Code(text).bodies] == list(ParsedFile(text).blocks())


def test_there_are_files_to_compare_with_python_hcl2() -> None:
    assert len(HCLS) > 10


@pytest.mark.parametrize(
    ("text", "type_", "address"),
    [
        ('resource "aws_lb" "this" {}', "resource", "aws_lb.this"),
        ('data "aws_lb" "this" {}', "data", "data.aws_lb.this"),
        ('output "name" {}', "output", "output.name"),
        ('variable "name" {}', "variable", "variable.name"),
        ('module "vpc" {}', "module", "module.vpc"),
        ('provider "aws" {}', "provider", "provider.aws"),
        ("locals {}", "locals", "locals"),
        ("terraform {}", "terraform", "terraform"),
        ("resource aws_lb this {}", "resource", "aws_lb.this"),
        ('resource "aws_lb" "of-shop_1" {}', "resource", "aws_lb.of-shop_1"),
        ('resource"aws_lb""this"{}', "resource", "aws_lb.this"),
        ('resource /* a */ "aws_lb" "this" { # b\n}', "resource", "aws_lb.this"),
    ],
)
def test_a_block_has_the_address_that_terraform_gives_it(text: str, type_: str, address: str) -> None:
    found = body(text)
    assert (found.type, found.address) == (type_, address)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "/* a {} */", " \t\r\n"])
def test_a_file_without_blocks_has_none(text: str) -> None:
    assert Code(text).bodies == []


@pytest.mark.parametrize(
    "text",
    [
        *("a {}\nb {}", "a {}\nb {}\n", "\n\na {\n}\n\n\nb {\n}", "a {\r\n}\r\nb {\r\n}\r\n"),
        *("a {} # c\nb {}", "a {} /* c */\nb {}", "/* c\n */ a {\n} // c\n# c\nb {}"),
    ],
)
def test_blocks_come_in_the_order_of_the_file(text: str) -> None:
    assert [one.address for one in Code(text).bodies] == ["a", "b"]


def test_a_block_holds_its_arguments_and_its_blocks() -> None:
    found = body('a "b" {\n  c = 1\n  d {\n    e = 2\n    f {\n      g = 3\n    }\n  }\n  d {}\n  h = 4\n}\n')
    assert arguments(found) == {"c": "1", "h": "4"}
    first, second = found.blocks
    assert (first.header, arguments(first), second.header) == (("d",), {"e": "2"}, ("d",))
    (inner,) = first.blocks
    assert (inner.header, arguments(inner)) == (("f",), {"g": "3"})


@pytest.mark.parametrize("text", ["a { b = 1 }", "a {b=1}", "a { b = 1 }\n\n", "a { /* c\n */ b = 1 /* } */ }"])
def test_a_block_of_one_line_holds_one_argument(text: str) -> None:
    assert arguments(body(text)) == {"b": "1"}


@pytest.mark.parametrize(
    ("label", "address"),
    [
        ('"b"', "a.b"),
        ("b", "a.b"),
        ("é-b", "a.é-b"),
        (r'"\u0062\U00000063"', "a.bc"),
        ('""', 'a.""'),
        ('"b.c"', 'a."b.c"'),
        ('"b c"', 'a."b c"'),
        (r'"b\n\"c"', r'a."b\n\"c"'),
        ('"$${b}%%{c}"', 'a."${b}%{c}"'),
        ('"-b"', 'a."-b"'),
        ('"1"', 'a."1"'),
        ('b ""', 'a.b.""'),
    ],
)
def test_a_label_is_the_characters_that_it_stands_for_and_no_other_blocks(label: str, address: str) -> None:
    assert body(f"a {label} {{}}").address == address


def test_an_empty_label_is_one() -> None:
    assert body('resource "" "aws_lb" "this" {}').address == '"".aws_lb.this'


@pytest.mark.parametrize(
    "value",
    [
        *("1", "var.a", "a ? b : c", "[]", "{}", "[1,\n2,\n]", "{\n  b = 1\n\n  c = 2\n}", "f(\n1,\n2\n)"),
        *("[{\n  a = [\n{ b = {} }\n]\n}]", "[for x in y : x\n]", "(a\n+ b)"),
        *('""', '"}"', '"{"', '"]["', r'"\"}"', r'"a\nb"', '"$${}"', '"%%{ if }"', '"# no comment"', '"/*"', '"="'),
        *('"${a}"', '"${ {a = "}"}.a }"', '"${"${b["}"]}"}"', '"${\n  a\n}"', '"%{ if a }}{%{ endif }"'),
        *('<<EOT\n  }\n  x = {\n  "\n  ${a}\nEOT', "<<-EOT\n    a {}\n    EOT", "<<E\n${\n{}\n}\nE", "<<E\nE"),
    ],
)
def test_an_argument_ends_where_its_line_does_outside_of_brackets_quotes_and_heredocs(value: str) -> None:
    expected = [token.text for token in Code(f"x = {value}\n").tokens[2:-1]]
    assert [token.text for token in argument(value).value] == expected


@pytest.mark.parametrize("comment", ["# b = 2 }", "// }", "/* } */", "/* {\n{ */"])
def test_a_comment_belongs_to_no_value(comment: str) -> None:
    assert [token.text for token in argument(f"1 {comment}").value] == ["1"]


def test_a_comment_between_arguments_is_nothing() -> None:
    assert arguments(body("a {\n  # b = 1\n  c = 2 # }\n  /* d {} */ e = 3\n}\n")) == {"c": "2", "e": "3"}


def test_a_dynamic_block_is_a_block_with_its_label_and_its_content() -> None:
    found = body('a {\n  dynamic "b" {\n    for_each = var.c\n    content {\n      d = b.value\n    }\n  }\n}\n')
    (dynamic,) = found.blocks
    assert (dynamic.type, dynamic.header, arguments(dynamic)) == ("dynamic", ("dynamic", "b"), {"for_each": "var.c"})
    assert [(one.type, arguments(one)) for one in dynamic.blocks] == [("content", {"d": "b.value"})]


def test_every_part_knows_its_line() -> None:
    text = "# one\n\na {\n  b = [\n    1,\n  ]\n  c = <<EOT\nx\nEOT\n  d {\n    e = 1\n  }\n}\nf { g = 1 }\n"
    first, second = Code(text).bodies
    assert (first.line, second.line) == (3, 14)
    assert [(one.name, one.line) for one in first.arguments] == [("b", 4), ("c", 7)]
    assert [(one.line, one.arguments[0].line) for one in first.blocks] == [(10, 11)]
    assert second.arguments[0].line == 14


def test_a_line_is_counted_past_a_comment_of_several_lines() -> None:
    assert body("/* a\n * b\n */\n\nc {\n}\n").line == 5


@pytest.mark.parametrize(("text", "held"), [("a = bcd\n", range(4, 5)), ("a = [b, c]\n", range(4, 10))])
def test_an_argument_spans_the_places_of_its_value_alone(text: str, held: range) -> None:
    (one,) = body(f"x {{\n{text}}}\n").arguments
    begin = len("x {\n")
    assert one.span == (begin + held[0], begin + held[-1])


def test_arguments_at_the_top_are_in_no_block() -> None:
    code = Code("a = 1\nb = 2\n")
    assert code.bodies == []
    assert [(one.name, one.line) for one in code.arguments] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("text", "offset", "what"),
    [
        ("a {", 2, "`{` is not closed"),
        ("a {\n  b {\n  }\n", 2, "`{` is not closed"),
        ("a {\n  b {\n", 8, "`{` is not closed"),
        ("a {\n  b = [\n}\n", 12, "`}` does not close `[`, which is open here"),
        ("a {}\n}\n", 5, "`}` closes nothing"),
        ("}", 0, "`}` closes nothing"),
        ("{}", 0, "`{` does not begin a block"),
        ("a { } }", 6, "`}` closes nothing"),
        ("a = 1 }\nb = 2\n", 6, "`}` closes nothing"),
        ("a {} b {}\n", 5, "`b` is at a place where the line must end"),
        ("a {}b = 1\n", 4, "`b` is at a place where the line must end"),
        ("a {\n  b = 1 }\n", 12, "`}` is at a place where the line must end"),
        ("a { b = 1\n}\n", 8, "`1` is at a place where a block of one line must end"),
        ("a { b = 1, c = 2 }x\n", 18, "`x` is at a place where the line must end"),
        ("a { b { } }", 4, "`b` begins a block within a block of one line"),
        ("a { b }", 6, "`}` does not begin a block"),
        ("a { = }", 4, "`=` does not begin a block"),
        ("a = ", 0, "`a` has no value"),
        ("a =\nb = 1\n", 0, "`a` has no value"),
        ("x {\n  a = # one\n}\n", 6, "`a` has no value"),
        ("x { a = }", 4, "`a` has no value"),
        ("a = [\n1\n", 4, "`[` is not closed"),
        ("a = f(\n", 5, "`(` is not closed"),
        ("a = {\n", 4, "`{` is not closed"),
        ("a = )\n", 4, "`)` closes nothing"),
        ("a", 0, "`a` does not begin a block"),
        ("a = 1\n" * 99 + "a", 594, "`a` does not begin a block"),
        ('a "b"', 4, '`"` does not begin a block'),
        ("a\n{\n}\n", 0, "`a` does not begin a block"),
        ("a b c.d {}", 5, "`.` does not begin a block"),
        ('a "b" = 1', 6, "`=` does not begin a block"),
        ('"a" {}', 0, '`"` does not begin a block'),
        ('a "${b}" {}', 3, "`${` is not allowed in a label"),
        ('a "b${c}" {}', 4, "`${` is not allowed in a label"),
        ('a "%{ if b }c%{ endif }" {}', 3, "`%{` is not allowed in a label"),
        ("1 {}", 0, "`1` does not begin a block"),
        ("= 1", 0, "`=` does not begin a block"),
        ("a {\n  1 = 2\n}\n", 6, "`1` does not begin a block"),
        ("a {\n  b.c = 1\n}\n", 7, "`.` does not begin a block"),
        ('a = "b\n', 4, '`"` is not closed on its line'),
        ("a { /* }", 4, "`/*` is not closed"),
    ],
)
def test_what_is_no_body_is_refused_where_it_stands(text: str, offset: int, what: str) -> None:
    with pytest.raises(TokenError) as refusal:
        Code(text)
    assert (refusal.value.offset, refusal.value.what) == (offset, what)
