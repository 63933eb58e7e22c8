"""What is taken out of a line, and what a line refers to."""

from __future__ import annotations

import re

import pytest

from generator.hcl.proof.lines import LineShape, Read, shapes_of
from generator.hcl.references import referenced
from generator.hcl.structure import Code
from generator.hcl.tokens import tokens
from tests.support.paths import RENDERED, ROOT

_OF_NO_SHAPE = re.compile(r" *(?:dynamic|for_each) ")
"""A dynamic block binds a name in other lines, so python-hcl2 is asked about the whole block."""

LINES = sorted(
    {
        line
        for file in (*RENDERED, *ROOT.glob("generated/compute/*.tf"))
        for line in file.read_text("utf-8").split("\n")
        if not _OF_NO_SHAPE.match(line)
    }
)


def shape(line: str) -> LineShape | None:
    return shapes_of([line])[line]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('resource "aws_lb" "this" {}', 'resource "aws_lb" "«label»" {}'),
        ('output "a" {', 'output "«label»" {'),
        ('  dynamical "b" {', '  dynamical "b" {'),
        ("x = a.b.c", "x = a.«name».«name»"),
        ("x = a.for.c", "x = a.for.«name»"),
        ("x = a.0.b", "x = a.0.«name»"),
        ("x = a.b[0].c", "x = a.«name»[«number»].«name»"),
        ('x = a["b"].c', 'x = a["b"].«name»'),
        ("x = [1, 007, -1, 1.5, 1e3]", "x = [«number», 007, -1, 1.5, 1e3]"),
        ('x = ["a", "", "a\\n", "é", "<<EOT", "$", "{"]', "x = [" + ", ".join(['"«text»"'] * 7) + "]"),
        ('x = ["$${a}", "%%{a} $${}", "\\u0041", "say \\"a\\""]', "x = [" + ", ".join(['"«text»"'] * 4) + "]"),
        ('x = ["${a.b}", "a-${a.b}${c.d.e}-$${f} \\" "]', "x = [" + ", ".join(['"«template»"'] * 2) + "]"),
        ('  "a" = "b"', '  "a" = "«text»"'),
        ('  "cost center" = "3"', '  "cost center" = "«text»"'),
        ('  c : "d"', '  c : "«text»"'),
        ('x = a ? "b" : "c"', 'x = a ? "b" : "«text»"'),
        ('x = "a" == b.c', 'x = "a" == b.«name»'),
        ('x = f("a", [b.c])', 'x = f("«text»", [b.«name»])'),
        ("# é // «x»", None),
        ('  # { " ${', "«comment»"),
        ("", ""),
        ("  })", "  })"),
        ("      },", "      },"),
        (f"x = [{'1' * 18}, {'1' * 19}]", f"x = [«number», {'1' * 19}]"),
        # to the letter
        ('x = "${a}"', 'x = "${a}"'),
        ('x = "a \\"${b.c}"', 'x = "a \\"${b.c}"'),
        ('x = "$${a"', 'x = "$${a"'),
        ('x = "$$${a.b}"', 'x = "$$${a.b}"'),
        ('x = "%{ if a }b%{ endif }"', 'x = "%{ if a }b%{ endif }"'),
        ('x = "${f("a")}"', 'x = "${f("a")}"'),
        ('"${a.b}" = "c"', '"${a.b}" = "c"'),
        ('"a\\n" = "c"', '"a\\n" = "c"'),
        ("x = [a.__b, a.b]", "x = [a.__b, a.b]"),
        ("größe = a.b", "größe = a.b"),
        ("x = core::f(a.b)", "x = core::f(a.«name»)"),
        # of no shape
        ("x = 1 # a", None),
        ("x = 1 // a", None),
        ("x = /* a */ 1", None),
        ("// a", None),
        ("x = <<A", None),
        ('x = "a', None),
        ("} + {", None),
        ("x = ]", None),
        ("x = (]", None),
        ("\tx = 1", None),
        ("x = \u00a01", None),
        ("x = 1\r", None),
        ("- 1", None),
        ("+ 1", None),
        ("? a", None),
        (". a", None),
        ("[1],", None),
        ("for = 1", None),
        ("null", None),
        ("__a = 1", None),
        ('x = "«a»"', None),
        ("x = [for a in b : {", None),
        ('dynamic "a" {', None),
        ("iterator = a", None),
    ],
)
def test_what_is_taken_out_of_a_line(line: str, key: str | None) -> None:
    found = shape(line)
    assert (found and found.key) == key


KEYWORDS = ("if", "in", "for", "for_each", "else", "endif", "endfor", "null", "true", "false")


@pytest.mark.parametrize("name", [*KEYWORDS, "for-x"])
def test_a_name_that_is_none_to_python_hcl2_stays_in(name: str) -> None:
    found = shape(f"x = a.{name}")
    assert found is not None
    assert found.key == f"x = a.{name}"


@pytest.mark.parametrize("name", ["iff", "in_", "for1", "nullA"])
def test_a_name_that_only_begins_like_a_keyword_is_taken_out(name: str) -> None:
    found = shape(f"x = a.{name}")
    assert found is not None
    assert found.key == "x = a.«name»"


@pytest.mark.parametrize(
    ("line", "closed_by"),
    [("a {", "}"), ("x = f([", "])"), ("x = f(a, {", "})"), ("x = [{ a = [", "]}]"), ('a "{" {', "}"), ("x = [1]", "")],
)
def test_what_a_line_leaves_open(line: str, closed_by: str) -> None:
    found = shape(line)
    assert found is not None
    assert found.closed_by == closed_by


@pytest.mark.parametrize("line", LINES)
def test_a_sample_has_the_shape_that_it_is_of(line: str) -> None:
    found = shape(line)
    assert found is not None
    again = shape(found.sample(3))
    assert again is not None
    assert again.key == found.key


def test_the_texts_and_numbers_of_samples_all_differ() -> None:
    found = shape("x = [" + ", ".join(['"a"', "1", "b.c"] * 200) + "]")
    assert found is not None
    words = [word for number in (0, 1, 2) for word in re.findall(r"[0-9]+", found.sample(number))]
    assert len(words) == len(set(words)) == 1800


@pytest.mark.parametrize("line", LINES)
def test_a_line_has_the_tokens_of_its_sample(line: str) -> None:
    found = shape(line)
    assert found is not None
    if not found.closes and not found.is_gap and "«template»" not in found.key:
        texts = [f"{text}{found.closed_by}" for text in (line, found.sample(1))]
        ours, others = ([token.kind for token in tokens(text)] for text in texts)
        assert [kind for kind in ours if kind.name != "QUOTED_TEXT"] == [
            kind for kind in others if kind.name != "QUOTED_TEXT"
        ]


@pytest.mark.parametrize(
    "line",
    [
        *LINES,
        'x = "a ${var.b} $${var.c} ${data.d.e.f}-${g_h.i.j.k}"',
        "x = a_b.c[0].d",
        "x = a_b.c.*.d",
        "x = a_b.c[each.key].d + var.e",
        "x = [for a_b in c_d.e : a_b.f]",
        'x = "${c_d.e[0].f}" ',
        'x = f("${var.a}", var.b)',
        "x = {a_b.c : a_b.for.d}",
        "module.a.b",
    ],
)
def test_a_line_refers_to_what_its_tokens_refer_to(line: str) -> None:
    found = shape(line)
    assert found is not None
    if not found.closes:
        by_tokens = referenced(Code(f"x = (\n{line}{found.closed_by}\n)\n"))
        assert sorted(found.reads(line)) == sorted(Read(one.address, one.attribute, one.instances) for one in by_tokens)
