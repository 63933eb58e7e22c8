"""What the tokens of an argument stand for: literals as Python's own values, the rest as expressions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.hcl.escapes import unescaped
from generator.hcl.structure import Code
from generator.hcl.tokens import Token
from generator.hcl.values import Expression, Value, value_of
from generator.hcl.write.text import hcl_key, hcl_text
from tests.support.strategies import escaped, literals


def tokens_of(text: str) -> tuple[Token, ...]:
    (block,) = Code(f"a {{\n  x = {text}\n}}\n").bodies
    return block.arguments[0].value


def value(text: str) -> Value:
    return value_of(tokens_of(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a"', "a"),
        ('""', ""),
        ('" a  b "', " a  b "),
        ('"true"', "true"),
        ('"1"', "1"),
        ('"var.a"', "var.a"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("0", 0),
        ("1", 1),
        ("007", 7),
        ("1.5", 1.5),
        ("2e3", 2000),
        ("12345678901234567890123", 12345678901234567890123),
        ("[]", []),
        ("[\n]", []),
        ("{}", {}),
        ("{\n}", {}),
    ],
)
def test_a_literal_is_the_value_that_it_stands_for(text: str, expected: Value) -> None:
    found = value(text)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        (r"\n", "\n"),
        (r"\r", "\r"),
        (r"\t", "\t"),
        (r"\"", '"'),
        (r"\\", "\\"),
        (r"\\n", "\\n"),
        (r"\\\\", "\\\\"),
        (r"\\u0041", "\\u0041"),
        (r"\u0041", "A"),
        (r"\u0024{a}", "${a}"),
        (r"\U0001f600", "\U0001f600"),
        ("$${a}", "${a}"),
        ("%%{a}", "%{a}"),
        ("$$${a}", "$${a}"),
        ("$${$${", "${${"),
        ("$$a", "$$a"),
        ("$", "$"),
        ("{}[],=:#", "{}[],=:#"),
        ("é 日本", "é 日本"),
    ],
)
def test_an_escape_is_the_character_that_it_stands_for(quoted: str, expected: str) -> None:
    assert value(f'"{quoted}"') == expected
    assert unescaped(quoted) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1]", [1]),
        ("[1, 2]", [1, 2]),
        ("[1, 2,]", [1, 2]),
        ("[\n  1,\n\n  2,\n]", [1, 2]),
        ('["a,b", "]"]', ["a,b", "]"]),
        ('["for"]', ["for"]),
        ("[[1], [], [[2, 3]]]", [[1], [], [[2, 3]]]),
        ("[{ a = 1 }, { a = 2 }]", [{"a": 1}, {"a": 2}]),
        ("{ a = 1 }", {"a": 1}),
        ("{ a = 1, b = 2 }", {"a": 1, "b": 2}),
        ("{ a : 1, b : 2, }", {"a": 1, "b": 2}),
        ("{\n  a = 1\n  b = 2\n}", {"a": 1, "b": 2}),
        ("{\n  a = 1,\n\n  b = 2,\n}", {"a": 1, "b": 2}),
        ("{ a = 1\n b = 2 }", {"a": 1, "b": 2}),
        ('{ "a" = 1, "b c" = 2 }', {"a": 1, "b c": 2}),
        (r'{ "\u0041$${b}" = 1 }', {"A${b}": 1}),
        ("{ for = 1, null = 2, true = 3 }", {"for": 1, "null": 2, "true": 3}),
        ("{ a = { b = { c = [1, { d = null }] } } }", {"a": {"b": {"c": [1, {"d": None}]}}}),
        ("{\n  a = [\n    1,\n    2\n  ]\n  b = {\n    c = 3\n  }\n}", {"a": [1, 2], "b": {"c": 3}}),
        ('{ a = "}", b = "," }', {"a": "}", "b": ","}),
        ('{ a = "=", b = ":" }', {"a": "=", "b": ":"}),
    ],
)
def test_lists_and_objects_are_read_however_they_are_written(text: str, expected: Value) -> None:
    assert value(text) == expected


@pytest.mark.parametrize("key", ["=", ":", "x=y", "a:b/c", "=:", ",", "}", "#", "", "-1"])
def test_an_object_may_have_any_text_for_a_key(key: str) -> None:
    assert value(f'{{ "{key}" = 1, b = 2 }}') == {key: 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jsonencode([1])", [1]),
        ("jsonencode({ a = [{ b = 1 }] })", {"a": [{"b": 1}]}),
        ("jsonencode(\n  {\n    a = 1\n  }\n)", {"a": 1}),
        ("{ a = jsonencode({ b = 1 }) }", {"a": {"b": 1}}),
        ("jsonencode({ (var.a) = 1 })", Expression("{ ( var . a ) = 1 }")),
    ],
)
def test_what_is_encoded_as_json_is_what_counts(text: str, expected: Value) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('"${var.a}"', "var.a"),
        ('"${~ var.a ~}"', "var.a"),
        ('"${"a"}"', '"a"'),
        ('"${"${1}"}"', "1"),
        ('"${\n  var.a\n}"', "var.a"),
        ('"${jsonencode({ a = "${var.b}" })}"', "{ a = var.b }"),
    ],
)
def test_a_text_that_is_one_expression_is_that_expression(text: str, bare: str) -> None:
    assert value(text) == value(bare)


@pytest.mark.parametrize("text", ['"${a}${b}"', '"${a}" == "${b}"', '"${a} "'])
def test_a_text_that_only_begins_or_ends_as_one_expression_stays_whole(text: str) -> None:
    found = value(text)
    assert isinstance(found, Expression)
    assert found.text.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "jsonencode(var.a)",
        'jsonencode("a")',
        "jsonencode([for a in var.b : a])",
        "jsonencode()",
        "jsonencode(\n)",
        "jsonencode([1])[0]",
        "jsonencode(1) + jsonencode(2)",
        "jsonencode",
        "f(jsonencode(1))",
    ],
)
def test_what_only_begins_as_an_encoding_is_an_expression(text: str) -> None:
    assert isinstance(value(text), Expression)


@pytest.mark.parametrize(
    "text",
    [
        *("var.a", "a", "local.a[0].b", "f()", "f(1, 2)", "(1)", "!true", "a ? 1 : 2", '"a" == "b"', "1 + 2"),
        *('"a${b}c"', '"${a}${b}"', '"${}"', '"${\n}"', '"${a}" == "${b}"', '"%{ if a }b%{ endif }"', "<<EOT\na\nEOT"),
        *("[1] == [1]", "[1][0]", "{ a = 1 }.a", "{ a = 1 } == { a = 1 }", 'concat(["a"], [])'),
        *("[for x in y : x]", "[for k, v in y : k]", "[\n  for k, v in y : k\n]", "[\n  for x in y : x\n]"),
        *("{ for k, v in y : k => v }", "{\n  for k, v in y : k => v\n}", "{ for x in y : x => 1 if x }"),
        *("{ for x in y : x => x... }", "{ (var.a) = 1 }", '{ "a${b}" = 1 }', "{ a = 1, (var.b) = 2 }", "{ a.b = 1 }"),
    ],
)
def test_what_terraform_has_to_evaluate_is_an_expression(text: str) -> None:
    assert isinstance(value(text), Expression)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[var.a, "b"]', [Expression("var . a"), "b"]),
        ("[f(1, 2), 3]", [Expression("f ( 1 , 2 )"), 3]),
        ("[a ? b : c, 1]", [Expression("a ? b : c"), 1]),
        ("{ a = var.b, c = 1 }", {"a": Expression("var . b"), "c": 1}),
        ("{ a = b ? c : d }", {"a": Expression("b ? c : d")}),
        ("{ a = b == c }", {"a": Expression("b == c")}),
        ("{ a = f({ b = 1 }), c = 2 }", {"a": Expression("f ( { b = 1 } )"), "c": 2}),
        ("{\n  a = f(\n    1\n  )\n  b = 2\n}", {"a": Expression("f ( 1 )"), "b": 2}),
        ("{ a = [for x in y : x], b = 1 }", {"a": Expression("[ for x in y : x ]"), "b": 1}),
        ("{ a = { (var.b) = 1 }, c = 2 }", {"a": Expression("{ ( var . b ) = 1 }"), "c": 2}),
    ],
)
def test_an_expression_in_a_list_or_an_object_leaves_the_rest_readable(text: str, expected: Value) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("var.a+var.b", "var.a  +  var.b"),
        ("f(1,2)", "f(\n  1,\n  2\n)"),
        ("f(1)", "f(1 /* one */)"),
        ('"a ${ b } c"', '"a ${b} c"'),
        ("[for x in y:x]", "[ for x in y : x ]"),
    ],
)
def test_an_expression_is_the_same_however_it_is_spaced(one: str, other: str) -> None:
    assert value(one) == value(other)


@pytest.mark.parametrize(
    ("one", "other"), [("var.a", "var.b"), ('"a ${b}"', '"a  ${b}"'), ('"a"', "a"), ('"1"', "1"), ("<<A\na\nA", '"a"')]
)
def test_what_differs_is_not_the_same(one: str, other: str) -> None:
    assert value(one) != value(other)


@given(literals)
def test_a_text_reads_back_as_it_was_rendered(text: str) -> None:
    assert value(hcl_text(escaped(text))) == text


@given(st.dictionaries(literals, literals, max_size=3))
def test_an_object_reads_back_as_it_was_rendered(texts: dict[str, str]) -> None:
    entries = [f"{hcl_key(key)} = {hcl_text(escaped(text))}" for key, text in texts.items()]
    assert value("{\n" + "\n".join(entries) + "\n}") == texts


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 10**30), st.sampled_from(["", "a", "=", ",", "]", "for", "é"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "b c", "for", "="]), inner, max_size=3)
    ),
)


@given(_JSON, st.sampled_from([None, 2]))
def test_what_is_written_as_json_reads_back(data: Any, indent: int | None) -> None:
    """JSON without templates in it is an expression of HCL."""
    assert value(json.dumps(data, indent=indent, ensure_ascii=False)) == data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[,]", []),
        ("{,}", {}),
        ("{ a = }", {"a": Expression("")}),
        ("jsonencode()", Expression("jsonencode ( )")),
        ("[\n\n1,\n\n\n2\n]", [1, 2]),
        ("{ = 1 }", Expression("{ = 1 }")),
        ("{ a b c d = 1 }", Expression("{ a b c d = 1 }")),
        ("9" * 5000, Expression("9" * 5000)),
        ("1e999", Expression("1e999")),
        ("1." + "9" * 5000, Expression("1." + "9" * 5000)),
    ],
)
def test_what_terraform_alone_can_read_is_an_expression(text: str, expected: Value) -> None:
    assert value(text) == expected


def test_a_heredoc_is_an_expression_with_its_lines() -> None:
    assert value("<<A\n a ${b}\nA") == Expression("<<A\n  a  ${ b } \n A")


@pytest.mark.parametrize(
    ("one", "other"),
    [("<<A\na\nA", "<<A\na\n\nA"), ("<<A\na\nA", "<<A\n a\nA"), ("<<A\n${a}\nA", "<<A\n$${a}\nA")],
)
def test_heredocs_of_other_lines_are_not_the_same(one: str, other: str) -> None:
    assert value(one) != value(other)
