"""The layout of generated text, and `terraform fmt` as the judge of it."""

from __future__ import annotations

import textwrap

import pytest

from generator.hcl.write.layout import laid_out
from tests.support.paths import RENDERED
from tests.support.terraform_program import fmt_all, needs_terraform


def text(indented: str) -> str:
    return textwrap.dedent(indented).lstrip("\n")


def test_the_signs_of_a_run_stand_below_each_other() -> None:
    before = text("""
        a = 1
        long_name = 2
        b    =    3
    """)
    after = text("""
        a         = 1
        long_name = 2
        b         = 3
    """)
    assert laid_out(before) == after


@pytest.mark.parametrize(
    "between",
    ["", "# a comment", "block {\n}", "list = [\n  1\n]", "call = f(\n  1\n)", 'call = f({\n  "a" = 1\n})'],
)
def test_a_run_ends_at_whatever_is_no_assignment_of_one_line(between: str) -> None:
    laid = f"a = 1\n{between}\nlong_name = 2\n"
    assert laid_out(laid) == laid


def test_keys_in_quotes_are_aligned_with_bare_ones() -> None:
    assert laid_out('x = {\n  "a b" = 1\n  c = 2\n}\n') == 'x = {\n  "a b" = 1\n  c     = 2\n}\n'


def test_a_sign_within_quotes_aligns_nothing() -> None:
    assert laid_out('"a = b" = 1\n"=" = 2\n') == '"a = b" = 1\n"="     = 2\n'


def test_a_quote_that_is_escaped_ends_no_key() -> None:
    assert laid_out('"a\\"=b" = 1\nc = 2\n') == '"a\\"=b" = 1\nc       = 2\n'


@pytest.mark.parametrize("line", ["a == b", "x => y", "  a >= b"])
def test_a_comparison_is_no_assignment(line: str) -> None:
    assert laid_out(f"long_name = 1\n{line}\n") == f"long_name = 1\n{line}\n"


def test_blank_lines_become_one() -> None:
    assert laid_out("a {\n}\n\n\n\nb {\n}\n") == "a {\n}\n\nb {\n}\n"


def test_no_blank_line_follows_an_opening_bracket_or_precedes_a_closing_one() -> None:
    assert laid_out("a {\n\n  b = [\n\n    1\n\n  ]\n\n}\n") == "a {\n  b = [\n    1\n  ]\n}\n"
    assert laid_out("a {\n\tb = f(\n\n1\n\n\t)\n}\n") == "a {\n\tb = f(\n1\n\t)\n}\n"


def test_a_text_begins_with_its_first_line_and_ends_with_one_line_feed() -> None:
    assert laid_out("\n\na = 1\n\n\n") == "a = 1\n"


def test_no_line_ends_in_spaces() -> None:
    assert laid_out("a {  \n  b = 1\t\n}\n") == "a {\n  b = 1\n}\n"


def test_the_lines_of_a_heredoc_are_left_alone() -> None:
    heredoc = "a = <<EOT\nx = 1\nlong = 2  \n\n\n[\n\n]\nEOT\n"
    assert laid_out(heredoc) == heredoc


@pytest.mark.parametrize("marker", ["<<EOT", "<<-EOT"])
@pytest.mark.parametrize("end", ["EOT", "  EOT", "EOT  "])
def test_what_stands_behind_a_heredoc_is_laid_out(marker: str, end: str) -> None:
    heredoc = f"a = {marker}\nx = 1\nlong = 2\n  EOT2\n\n\n{end}\n"
    assert laid_out(heredoc + "b   =   3\n" + heredoc) == heredoc + "b = 3\n" + heredoc


def test_the_first_line_of_a_heredoc_does_not_end_in_spaces() -> None:
    assert laid_out("a = <<EOT \t\nx  = 1  \nEOT\n" * 2) == "a = <<EOT\nx  = 1  \nEOT\n" * 2


def test_a_heredoc_that_does_not_end_is_left_alone() -> None:
    assert laid_out("a = <<EOT\nx = 1\nlong = 2\n") == "a = <<EOT\nx = 1\nlong = 2\n"


@pytest.mark.parametrize("comment", ["# <<EOT", "  # <<EOT", "// <<EOT"])
def test_no_heredoc_begins_in_a_line_that_is_a_comment(comment: str) -> None:
    assert laid_out(f"{comment}\na   =   1\n") == f"{comment}\na = 1\n"


def test_laying_out_what_is_laid_out_changes_nothing() -> None:
    for path in RENDERED:
        assert laid_out(path.read_text("utf-8")) == path.read_text("utf-8"), path


@needs_terraform
def test_terraform_fmt_changes_no_golden_file() -> None:
    texts = [path.read_text("utf-8") for path in RENDERED]
    assert fmt_all(texts) == texts


@needs_terraform
def test_terraform_fmt_lays_texts_out_alike() -> None:
    texts = [text(sample) for sample in SAMPLES]
    for sample, judged in zip(texts, fmt_all(texts), strict=True):
        assert laid_out(sample) == judged


SAMPLES = [
    """
    a = 1
    bcd = 2

    efghi = 3
    """,
    """
    locals {
      a = {
        b = 1
        long-name = 2
        "quoted key" = 3
        "=" = "="
      }
      c = [
        "x = y",
        "z"
      ]
      de = 1
      f = "a = b"
    }
    """,
    """
    resource "a" "b" {
      name = "x"
      count_of = 2
      nested {
        k = 1
        long_key = 2
      }
      after = 1
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [
          {
            Effect = "Allow"
            Action = [
              "s3:GetObject"
            ]
            Resource = "*"
          }
        ]
      })
      tags = merge(local.common_tags, {
        a = 1
        long = 2
      })
    }
    """,
    """
    # a comment
    a = 1
    # another
    long_name = 2
    """,
    """
    a = var.x == 1 ? "y" : "z"
    longer = [for x in var.y : x if x != ""]
    m = { for k, v in var.z : k => v }
    """,
    """
    data "a" "b" {}

    data "c" "d" {}
    """,
]
