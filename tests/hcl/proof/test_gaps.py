"""What python-hcl2's grammar lacks, in words that it knows: Terraform takes the one, and python-hcl2 the other."""

from __future__ import annotations

import pytest

from generator.hcl.proof.gaps import in_known_words
from generator.hcl.proof.parse import ParsedFile
from generator.hcl.proof.proof import is_expression, proven
from generator.hcl.write.text import hcl_text
from tests.support.terraform_program import needs_terraform, terraform_takes

IN_OTHER_WORDS = {
    '"x${~ var.a ~}y"': '"x${  var.a  }y"',
    '"x${~var.a}"': '"x${ var.a}"',
    '"${"a ${b ~}"}"': '"${"a ${b  }"}"',
    '"%{~ if a ~}b%{~ endif ~}"': '"%{  if a  }b%{  endif  }"',
    "core::upper(a)": "      upper(a)",
    "provider::aws::arn_parse(a).region": "               arn_parse(a).region",
    "core :: upper (a)": "        upper (a)",
    "a ? b::c(d) : e": "a ?    c(d) : e",
    "!!a": " !a",
    "- - -1": "    -1",
    "!-a": " -a",
    "-!a": " !a",
    "a - - -b": "a -   -b",
    "(a) - !b": "(a) - !b",
    "[!!a, b ? --c : !!d]": "[ !a, b ?  -c :  !d]",
    "local.größe": "local.grxxe",
    "größe::straße(é)": "       straxe(x)",
    "e\u0301": "ex",
}

TAKEN_BY_NEITHER = [
    "core::upper",
    "core::upper.a",
    "a::b[0](c)",
    "a.b::c(d)",
    "[for::b(a)]",
    "[for x in a::b : c]",
    "a::1(b)",
    '"a"::b(c)',
    "a !-b",
    "a !!b",
    "1 !-b",
    '"a" !-b',
    "a[0] !-b",
    "!",
    "!!",
    "a -!",
    "a ~} b",
    "{a = 1 ~}",
    '"${~}"',
    '"${ ~a }"',
    '"%{~ if a ~}"',
    "größe straße",
    "€",
    "a\u00d7b",
    "\u0301a",
]


@pytest.mark.parametrize(("text", "expected"), IN_OTHER_WORDS.items())
def test_what_python_hcl2_lacks_is_put_into_words_that_it_knows(text: str, expected: str) -> None:
    assert in_known_words(text) == expected


def test_comments_texts_and_heredocs_stay() -> None:
    text = '# !!a b::c(d) ß\nx = "!!a b::c(d) ~} ß" + <<ß\n!!a b::c(d) ${~ ß ~}\nß\n'
    assert in_known_words(text) == text


@needs_terraform
def test_terraform_takes_what_is_put_into_other_words_and_so_does_tfgen() -> None:
    written = [hcl_text("${" + expression + "}") for expression in IN_OTHER_WORDS]
    assert terraform_takes([f"x = {text}\n" for text in written]) == [True] * len(written)
    for text in written:
        assert ParsedFile(in_known_words(f"x = {text}\n")).survives_round_trip()


@needs_terraform
def test_neither_takes_what_only_looks_like_it() -> None:
    assert terraform_takes([f"x = {text}\n" for text in TAKEN_BY_NEITHER]) == [False] * len(TAKEN_BY_NEITHER)
    for text in TAKEN_BY_NEITHER:
        assert not is_expression(text), text


def test_a_block_with_it_is_proven() -> None:
    values = "".join(f"  x{number} = {text}\n" for number, text in enumerate(IN_OTHER_WORDS))
    found = proven(f'resource "a" "b" {{\n{values}}}\n')
    assert [block.address for block in found.blocks] == ["a.b"]
    assert {read.address for read in found.reads()} == {"var.a", "local.größe"}
