"""Texts in Unicode's composed form, and what Terraform itself makes of others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Rejection, VerificationError
from generator.hcl.tokens import tokens
from generator.hcl.write.composed import begins_with_a_mark, check_composed, is_composed, uncomposed
from generator.hcl.write.text import hcl_text
from generator.rendering.render import Overrides
from generator.verify.verify import verify
from tests.support.rendering import SMALL, module_with
from tests.support.terraform_program import hashicorp_reads, needs_tfparse


@pytest.mark.parametrize("text", ["", "a", "é", "日本", "한", "=", "\u0301", "e\u0338", "\U0001f600", "\u1ea1\u0307"])
def test_a_composed_text_is_taken(text: str) -> None:
    check_composed(text)
    assert is_composed(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("e\u0301", r'Terraform reads "e\u0301" as "\u00e9"'),
        ("caf" + "e\u0301" * 2, r'Terraform reads "cafe\u0301e\u0301" as "caf\u00e9\u00e9"'),
        ("\u212b", r'Terraform reads "\u212b" as "\u00c5"'),
        ("\u1112\u1161\u11ab", r'Terraform reads "\u1112\u1161\u11ab" as "\ud55c"'),
        ("=\u0338", r'Terraform reads "=\u0338" as "\u2260"'),
        ("a\u0307\u0323", r'Terraform reads "a\u0307\u0323" as "\u1ea1\u0307"'),
        ("x" * 99 + "e\u0301" + "y" * 99, 'Terraform reads "' + "x" * 20 + r"e\u0301" + "y" * 18 + '" as'),
    ],
)
def test_what_terraform_reads_as_other_characters_is_refused_in_numbers(text: str, what: str) -> None:
    with pytest.raises(Rejection) as refusal:
        check_composed(text)
    assert str(refusal.value).startswith(what)
    assert str(refusal.value).endswith("; write it in that form, which is Unicode's composed form (NFC)")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_refused_is_what_is_not_composed(text: str) -> None:
    refused = False
    try:
        check_composed(text)
    except Rejection:
        refused = True
    assert refused == (unicodedata.normalize("NFC", text) != text)


@given(st.characters(exclude_categories=["Cs", "Cn"]), st.text(st.characters(exclude_categories=["Cs"]), max_size=3))
def test_what_begins_with_no_mark_is_joined_to_nothing(last: str, text: str) -> None:
    last, text = unicodedata.normalize("NFC", last), unicodedata.normalize("NFC", text)
    assert begins_with_a_mark(text) or is_composed(last + text)


def test_an_accent_is_joined_to_an_expression() -> None:
    with pytest.raises(
        Rejection, match=r"Terraform makes one character of U\+0301 and the end of the expression before it"
    ):
        hcl_text("${var.a}\u0301")
    with pytest.raises(Rejection, match="U\\+0301"):
        hcl_text('x${"${var.a}\u0301"}')
    assert hcl_text("${var.a}-\u0301") == '"${var.a}-\u0301"'


def test_each_text_of_a_file_is_looked_at_and_no_comment_is() -> None:
    text = 'x = ["e\u0301", "\\u0065\\u0301", "é"] # e\u0301\ny = <<A\ne\u0301\n${a}\u0301\nA\nz = "${b}\\u0301"\n'
    found = [token.text for token, _ in uncomposed(tokens(text))]
    assert found == ["e\u0301", "\\u0065\\u0301", "e\u0301\n", "\u0301\n", "\\u0301"]


@pytest.mark.parametrize(
    ("value", "is_refused"),
    [
        ('"caf{{ "\xe9" }}"', False),
        ('"cafe{{ "\u0301" }}"', True),
        ('"cafe\\u0301"', True),
        ('"${upper("e\\u0301")}"', True),
        ('"${"a"}\\u0301"', True),
        ('"caf\\u00e9" # e{{ "\u0301" }}', False),
    ],
)
def test_a_text_of_an_own_template_is_judged_where_it_is_written(value: str, is_refused: bool) -> None:
    source = f'resource "aws_ecs_service" "{{{{ service.names.terraform }}}}_2" {{\n  name = {value}\n}}\n'
    overrides = Overrides("templates", {"service/banner.tf.j2": source.encode()})
    with pytest.raises(VerificationError) as refusal:
        verify(module_with(overrides, SMALL))
    told = [
        problem for problem in refusal.value.problems if "Terraform reads" in problem.what or "one char" in problem.what
    ]
    assert bool(told) == is_refused
    assert all(str(problem.where).startswith("out/main.tf:80:") for problem in told)


def test_a_text_is_judged_in_each_part_of_one_shape() -> None:
    services = "".join(f"  s{i}: {{kind: worker, image: 'b:1'}}\n" for i in range(3))
    value = '{{ "e\u0301" if service.names.key == "s1" }}'
    source = f'locals {{\n  {{{{ service.names.terraform }}}} = "{value}"\n}}\n'
    overrides = Overrides("templates", {"service/banner.tf.j2": source.encode()})
    with pytest.raises(VerificationError) as refusal:
        verify(module_with(overrides, SMALL + services))
    assert len([problem for problem in refusal.value.problems if "Terraform reads" in problem.what]) == 1


@needs_tfparse
def test_hashicorps_parser_composes_texts_and_what_numbers_stand_for() -> None:
    values = {
        "a": '"e\u0301"',
        "b": '"e\\u0301"',
        "c": "<<E\ne\u0301\nE",
        "d": '"\\u0065\u0301"',
        "e": '"${"e"}\\u0301"',
    }
    text = "locals {\n" + "".join(f"  {name} = {value}\n" for name, value in values.items()) + "}\n"
    (found,) = hashicorp_reads([{"a.tf": text}])
    assert [found["locals"][0][name].strip("\n") for name in values] == ["é"] * len(values)
