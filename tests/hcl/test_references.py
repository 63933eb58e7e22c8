"""What a file declares, and what it refers to."""

from __future__ import annotations

import pytest

from generator.hcl.references import Declaration, declared, referenced
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError


def needs(expression: str) -> list[str]:
    return [name.address for name in referenced(Code(f"x = {expression}\n"))]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("var.a", ["var.a"]),
        ("var.a.b.c", ["var.a"]),
        ("var.in-1", ["var.in-1"]),
        ("var . a", ["var.a"]),
        ("local.a[0].b", ["local.a"]),
        ("module.vpc.subnet_ids[0]", ["module.vpc"]),
        ("data.aws_region.current.name", ["data.aws_region.current"]),
        ("aws_ecs_cluster.this.id", ["aws_ecs_cluster.this"]),
        ("aws_instance.a[*].id", ["aws_instance.a"]),
        ("aws_instance.a.*.id", ["aws_instance.a"]),
        ('aws_instance.a["x"].id', ["aws_instance.a"]),
        ("aws_instance.a[var.i].id", ["aws_instance.a", "var.i"]),
        ("var.a + local.b", ["var.a", "local.b"]),
        ("f(var.a, var.b...)", ["var.a", "var.b"]),
        ("provider::aws::arn_parse(var.a)", ["var.a"]),
        ("var.a ? var.b : var.c", ["var.a", "var.b", "var.c"]),
        ("{ var = var.a, (var.b) = 1 }", ["var.a", "var.b"]),
        ('"a ${var.a} b ${local.b}"', ["var.a", "local.b"]),
        ('"${"${"${var.a}"}"}"', ["var.a"]),
        ('"%{ if var.a }${var.b}%{ endif }"', ["var.a", "var.b"]),
    ],
)
def test_an_expression_needs_what_it_names(expression: str, expected: list[str]) -> None:
    assert needs(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        *('"var.a"', '"$${var.a}"', '"%%{ if var.a }"', "1 # var.a", "1 // var.a", "1 /* var.a */"),
        *("each.value", "each.key", "count.index", "self.id", "path.module", "terraform.workspace"),
        *("upper_case(1)", "x.var.a", "true", "{ aws_instance = 1 }"),
        *("data.a_b", "var", "var.", "aws_a"),
    ],
)
def test_what_only_looks_like_a_reference_needs_nothing(expression: str) -> None:
    assert needs(expression) == []


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[for in_x in var.a : in_x.b]", ["var.a"]),
        ("{ for my_k, my_v in var.a : my_k.x => my_v.y if my_v.z }", ["var.a"]),
        ("[for a_b in var.a : [for c_d in a_b.e : c_d.f + a_b.g]]", ["var.a"]),
        ('[for a_b in var.a : "${a_b.c}"]', ["var.a"]),
        ("f([for a_b in var.a : a_b.c], a_b.d)", ["var.a", "a_b.d"]),
    ],
)
def test_what_a_for_expression_binds_is_no_reference_within_it(expression: str, expected: list[str]) -> None:
    assert needs(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('f("for", var.a)', ["var.a"]),
        ("[var.for, aws_x.y]", ["var.for", "aws_x.y"]),
        ("f(x.for, local.a)", ["local.a"]),
    ],
)
def test_for_binds_nothing_where_it_is_a_text_or_an_attribute(expression: str, expected: list[str]) -> None:
    assert needs(expression) == expected


def test_a_dynamic_block_binds_its_label() -> None:
    text = """
resource "aws_x" "y" {
  dynamic "load_balancer" {
    for_each = var.list
    content {
      port = load_balancer.value
    }
  }
}
"""
    assert [name.address for name in referenced(Code(text))] == ["var.list"]


def test_what_is_ignored_is_an_argument_of_its_own_block() -> None:
    code = Code(
        """resource "aws_x" "y" {
  lifecycle {
    ignore_changes       = [load_balancer[0].target_group_arn, capacity_provider.base, tags["a"]]
    replace_triggered_by = [aws_x.z.id]
  }
}
"""
    )
    assert [one.address for one in referenced(code)] == ["aws_x.z"]


def test_a_dynamic_block_may_name_its_iterator() -> None:
    text = """
resource "aws_x" "y" {
  dynamic "setting" {
    for_each = var.list
    iterator = my_item
    content {
      name = my_item.value
    }
  }
}
"""
    assert [name.address for name in referenced(Code(text))] == ["var.list"]


def test_a_dynamic_block_may_stand_in_a_line_with_what_it_holds() -> None:
    assert referenced(Code('a "b" {\n  dynamic "c_d" {\n    content { e = c_d.value }\n  }\n}\n')) == []


def test_a_heredoc_needs_what_its_interpolations_name() -> None:
    text = "a = 1\nx = <<E\n${var.a} var.b $${var.c}\n${[for d_e in local.f : d_e.g]}\n${<<A\n${var.h}\nA\n}\nE\n"
    found = [(one.address, one.line, one.offset) for one in referenced(Code(text))]
    lines = {"var.a": 3, "local.f": 4, "var.h": 6}
    assert found == [(address, line, text.index(address)) for address, line in lines.items()]


def test_a_dot_that_ends_a_file_leads_nowhere() -> None:
    assert referenced(Code("x = var.")) == []


def test_a_reference_may_end_a_long_file() -> None:
    (reference,) = referenced(Code("a = 1\n" * 99 + "x = aws_a.b"))
    assert (reference.address, reference.type, reference.attribute) == ("aws_a.b", "aws_a", "")


def test_a_reference_knows_its_line() -> None:
    (reference,) = referenced(Code("a = 1\n# b\nc = [\n  var.d\n]\n"))
    assert (reference.address, reference.line, reference.offset) == ("var.d", 4, 18)


@pytest.mark.parametrize(
    ("expression", "attribute"),
    [
        ("aws_a.b", ""),
        ("aws_a.b.c", "c"),
        ("aws_a.b.c.d", "c"),
        ("aws_a.b[0].c", "c"),
        ("aws_a.b[f(g[1])].c", "c"),
        ("aws_a.b[*].c", "c"),
        ("aws_a.b.*.c", "c"),
        ('aws_a.b["c"]', ""),
        ("data.aws_a.b.c", "c"),
        ("data.aws_a.b", ""),
        ("aws_a.b . c", "c"),
        ("[aws_a.b, c.d]", ""),
        ('"${aws_a.b}.c"', ""),
    ],
)
def test_a_reference_knows_the_attribute_that_it_reads(expression: str, attribute: str) -> None:
    assert referenced(Code(f"x = {expression}\n"))[0].attribute == attribute


def test_labels_and_attribute_names_are_no_references() -> None:
    text = 'resource "aws_a" "b" {\n  aws_c = 1\n  aws_d {\n    e = 2\n  }\n}\n'
    assert referenced(Code(text)) == []


def test_a_file_declares_its_blocks_and_locals() -> None:
    text = """
variable "a" {}
variable b {
  default = { c = 1 }
}
locals {
  d = 1
  e = { f = 2 }
  g = f({
    h = 3
  })
}
resource "aws_i" "j" {
  k = 1
}
data "aws_l" "m" {}
module "n" {
  source = "./n"
}
output "o" {
  value = 1
}
provider "aws" {}
terraform {}
"""
    assert declared(Code(text)) == [
        Declaration("var.a", 2),
        Declaration("var.b", 3),
        Declaration("local.d", 7),
        Declaration("local.e", 8),
        Declaration("local.g", 9),
        Declaration("aws_i.j", 13),
        Declaration("data.aws_l.m", 16),
        Declaration("module.n", 17),
        Declaration("output.o", 20),
    ]


@pytest.mark.parametrize("header", ['variable "a" "b"', "variable", 'resource "a_b"', 'data "a" "b" "c"', 'x "a" "b"'])
def test_a_block_with_other_labels_than_its_type_has_declares_nothing(header: str) -> None:
    assert declared(Code(f"{header} {{}}\n")) == []


def test_what_stands_in_a_comment_or_a_heredoc_is_not_declared() -> None:
    text = '# variable "a" {}\n/*\nvariable "b" {}\n*/\nlocals {\n  c = <<EOT\nvariable "d" {}\nEOT\n}\n'
    assert [name.address for name in declared(Code(text))] == ["local.c"]


def test_a_text_that_is_no_hcl_is_refused() -> None:
    with pytest.raises(TokenError):
        declared(Code('variable "a {}\n'))


@pytest.mark.parametrize("text", ["{}\n", "= {}\n"])
def test_a_block_without_a_type_is_refused(text: str) -> None:
    with pytest.raises(TokenError):
        declared(Code(text))


def test_an_attribute_that_is_named_like_an_iterator_binds_nothing() -> None:
    code = Code("x = { a.iterator = aws_lb, b = aws_lb.foo.arn }\n")
    assert [reference.address for reference in referenced(code)] == ["aws_lb.foo"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"%{ for a_b in var.c }${a_b.d}%{ endfor }"', ["var.c"]),
        ("<<E\n%{ for a_b, c_d in var.e ~}\n${a_b.f} ${c_d.g}\n%{ endfor }\nE", ["var.e"]),
        ('["%{ for a_b in var.c }${a_b.d}%{ endfor }", a_b.d]', ["var.c", "a_b.d"]),
        ('"%{ if for_a.b }${c_d.e}%{ endif }"', ["for_a.b", "c_d.e"]),
        ("[\n\nfor a_b in var.c : a_b.d]", ["var.c"]),
        ("(a_b.\nc_d\n.e + var\n.\nf)", ["a_b.c_d", "var.f"]),
        ("[for a_b in [for a_b in var.c : a_b.d] : a_b.e]", ["var.c"]),
        ("[[for a_b in var.c : a_b.d], a_b.e]", ["var.c", "a_b.e"]),
    ],
)
def test_what_a_name_is_bound_to_ends_where_its_brackets_or_its_text_does(expression: str, expected: list[str]) -> None:
    assert needs(expression) == expected
