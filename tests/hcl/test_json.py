"""Terraform's JSON syntax: it is read as the native syntax that says the same, and Terraform says so too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aws.schema import aws
from generator.hcl.json_syntax import JsonCode
from generator.hcl.moves import Move, moves_in
from generator.hcl.nodes import ModuleNode, nodes_in
from generator.hcl.references import declared
from generator.hcl.structure import Code
from generator.hcl.tokens import MOST_OPEN, TokenError
from generator.hcl.values import value_of
from tests.support.paths import DATA
from tests.support.terraform_program import needs_terraform, plan_of, write_module


def code(text: str) -> JsonCode:
    return JsonCode(text, aws().of_address)


def nodes(data: Any) -> list[ModuleNode]:
    return list(nodes_in(code(json.dumps(data))))


def native(text: str) -> list[ModuleNode]:
    return list(nodes_in(Code(text)))


def test_names_have_letters_beyond_ascii() -> None:
    text = '{"locals": {"größe": 1}, "variable": {"日本": {}}}'
    assert [address for address, _ in declared(code(text))] == ["local.größe", "var.日本"]


# --- the same values

VALUES: dict[str, tuple[Any, str]] = {
    "a text": ("a", '"a"'),
    "no text": ("", '""'),
    "quotes": ('say "hi"', r'"say \"hi\""'),
    "a backslash": ("a\\nb\\", r'"a\\nb\\"'),
    "lines": ("a\nb\tc\r", r'"a\nb\tc\r"'),
    "what cannot be seen": ("\u200b\x01", '"\u200b\x01"'),
    "an emoji": ("\U0001f600", '"\U0001f600"'),
    "a number": (1, "1"),
    "a negative number": (-1, "-1"),
    "a fraction": (1.5, "1.5"),
    "a power": (2e300, "2e+300"),
    "true": (True, "true"),
    "null": (None, "null"),
    "a list": ([1, "a", []], '[1, "a", []]'),
    "an object": ({"a": 1, "b c": {"d": []}}, '{ a = 1, "b c" = { d = [] } }'),
    "a member that is no comment": ({"//": "a"}, '{ "//" = "a" }'),
    "an expression": ("${var.a}", "var.a"),
    "an expression with spaces": ("${ var.a }", "var.a"),
    "an expression of a number": ("${1 + 1}", "1 + 1"),
    "an expression over lines": ("${[\n  1,\n  2\n]}", "[1, 2]"),
    "an expression with a text": ('${upper("a\\n}")}', 'upper("a\\n}")'),
    "a template": ("a-${var.a}", '"a-${var.a}"'),
    "a template with quotes": ('"${var.a}" \\', r'"\"${var.a}\" \\"'),
    "two expressions": ("${var.a}${var.a}", '"${var.a}${var.a}"'),
    "a directive": ("%{ if true }a%{ else }b%{ endif }", '"%{ if true }a%{ else }b%{ endif }"'),
    "an escape": ("$${var.a}", '"$${var.a}"'),
    "an escape of a directive": ("%%{if}", '"%%{if}"'),
    "an escape behind a sign": ("$$${var.a}", '"$$${var.a}"'),
    "escapes that nothing closes": ("$${ %%{", '"$${ %%{"'),
    "lines in a template": ("a\nb\tc\r\n${var.a}\r", r'"a\nb\tc\r\n${var.a}\r"'),
    "signs": ("5$ 100% $$ %%", '"5$ 100% $$ %%"'),
    "a list of expressions": (["${var.a}", "${local.x}-${var.a}"], '[var.a, "${local.x}-${var.a}"]'),
    "an object of expressions": ({"a": "${var.a}"}, "{ a = var.a }"),
    "JSON": ("${jsonencode({ a = [var.a, 1] })}", "jsonencode({ a = [var.a, 1] })"),
    "a loop": ("${[for k, v in {a = 1} : k]}", "[for k, v in { a = 1 } : k]"),
}


@pytest.mark.parametrize(("data", "text"), VALUES.values(), ids=VALUES.keys())
def test_a_value_is_that_of_the_native_syntax(data: Any, text: str) -> None:
    assert nodes({"locals": {"y": data}}) == native(f"locals {{\n  y = {text}\n}}\n")


@needs_terraform
def test_terraform_reads_each_value_as_that_of_the_native_syntax(tmp_path: Path) -> None:
    outputs = {f"o{number}": {"value": data} for number, (data, _) in enumerate(VALUES.values())}
    texts = "".join(
        f'output "o{number}" {{\n  value = {text}\n}}\n' for number, (_, text) in enumerate(VALUES.values())
    )
    given_to_both = {"given.tf": 'variable "a" {\n  default = "A"\n}\nlocals {\n  x = "X"\n}\n'}
    write_module(tmp_path / "json", given_to_both | {"main.tf.json": json.dumps({"output": outputs})})
    write_module(tmp_path / "native", given_to_both | {"main.tf": texts})

    of_json, of_native = (
        {name: output.get("value") for name, output in plan_of(tmp_path / name)["planned_values"]["outputs"].items()}
        for name in ("json", "native")
    )

    assert len(of_json) == len(VALUES)
    assert of_json == of_native


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_without_a_template_is_itself(text: str) -> None:
    escaped = text.replace("${", "$${").replace("%{", "%%{")
    (node,) = nodes({"locals": {"y": escaped}})
    assert node.arguments == {"value": text}


# --- the same blocks

EXAMPLES = DATA / "json_syntax"
OF_JSON = code((EXAMPLES / "main.tf.json").read_text("utf-8"))
OF_NATIVE = Code((EXAMPLES / "main.tf").read_text("utf-8"))


def test_blocks_are_those_of_the_native_syntax() -> None:
    found, expected = list(nodes_in(OF_JSON)), list(nodes_in(OF_NATIVE))
    assert [node.address for node in found] == [node.address for node in expected]
    for one, other in zip(found, expected, strict=True):
        assert (one, addresses(one)) == (other, addresses(other))


def test_blocks_without_an_address_are_those_of_the_native_syntax() -> None:
    def values(code: Code) -> list[Any]:
        unnamed = [body for body in code.bodies if body.type in ("moved", "import", "removed")]
        return [(body.header, [(one.name, value_of(one.value)) for one in body.arguments]) for body in unnamed]

    assert len(values(OF_JSON)) == 4
    assert values(OF_JSON) == values(OF_NATIVE)


NATIVE_MODULE = """\
variable "a" {
  type        = list(string)
  default     = ["$${b}"]
  description = "$${"
}

resource "terraform_data" "b" {
  count = length(var.a)
  input = "${var.a[0]}-$${count.index}"
}

resource "terraform_data" "c" {
  triggers_replace = { "${var.a[0]}" = "d" }
  depends_on       = [terraform_data.b]

  lifecycle {
    ignore_changes       = [input]
    replace_triggered_by = [terraform_data.b[0].output]
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo $${self.id} ${self.id}"
  }
}

output "e" {
  value       = terraform_data.c.id
  description = "$${"
  depends_on  = [terraform_data.b]
}
"""
JSON_MODULE = {
    "variable": {"a": {"type": "list(string)", "default": ["${b}"], "description": "${"}},
    "resource": {
        "terraform_data": {
            "b": {"count": "${length(var.a)}", "input": "${var.a[0]}-$${count.index}"},
            "c": {
                "triggers_replace": {"${var.a[0]}": "d"},
                "depends_on": ["terraform_data.b"],
                "lifecycle": {"ignore_changes": ["input"], "replace_triggered_by": ["terraform_data.b[0].output"]},
                "provisioner": {"local-exec": {"when": "destroy", "command": "echo $${self.id} ${self.id}"}},
            },
        }
    },
    "output": {"e": {"value": "${terraform_data.c.id}", "description": "${", "depends_on": ["terraform_data.b"]}},
}


def test_a_module_is_that_of_the_native_syntax() -> None:
    assert {node.address: node for node in nodes(JSON_MODULE)} == {node.address: node for node in native(NATIVE_MODULE)}


@needs_terraform
def test_terraform_reads_that_module_as_that_of_the_native_syntax(tmp_path: Path) -> None:
    write_module(tmp_path / "json", {"main.tf.json": json.dumps(JSON_MODULE)})
    write_module(tmp_path / "native", {"main.tf": NATIVE_MODULE})

    of_json, of_native = (plan_of(tmp_path / name) for name in ("json", "native"))

    assert of_json["planned_values"] == of_native["planned_values"]
    assert without_constants(of_json["configuration"]) == without_constants(of_native["configuration"])


def without_constants(configuration: Any) -> Any:
    """Return a plan's configuration without constant values, which Terraform tells of JSON with templates too."""
    if isinstance(configuration, dict):
        return {name: without_constants(value) for name, value in configuration.items() if name != "constant_value"}
    return list(map(without_constants, configuration)) if isinstance(configuration, list) else configuration


def addresses(node: ModuleNode) -> dict[str, list[tuple[str, str]]]:
    return {name: [(one.address, one.attribute) for one in read] for name, read in node.references.items()}


def test_a_type_that_no_table_knows_has_no_blocks_but_those_of_terraform() -> None:
    (node,) = nodes({"resource": {"x_y": {"a": {"b": {"c": 1}, "d": [{"e": 2}], "lifecycle": {}}}}})
    assert node.arguments == {"b": {"c": 1}, "d": [{"e": 2}], "lifecycle": [{}]}


def test_a_file_may_be_a_list_of_bodies() -> None:
    assert nodes([{"locals": {"a": 1}}, {"locals": {"b": 2}}]) == native("locals {\n  a = 1\n  b = 2\n}\n")


def test_a_name_that_stands_twice_hides_nothing() -> None:
    text = '{"resource": {"aws_a": {"b": {}, "b": {}}}, "resource": {"aws_a": {"c": {}}, "aws_a": {"d": {}}}}'
    assert [one.address for one in declared(code(text))] == ["aws_a.b", "aws_a.b", "aws_a.c", "aws_a.d"]


def test_moves_are_those_of_the_native_syntax() -> None:
    first = Move('aws_sqs_queue.old["a"]', "module.queue.aws_sqs_queue.new[0]")
    expected = [first, Move("aws_sqs_queue.older", "aws_sqs_queue.one")]
    assert list(moves_in(OF_JSON)) == list(moves_in(OF_NATIVE)) == expected


# --- places

LINES = """\
{
  "locals": {
    "a": 1,
    "b": "${var.x}"
  },
  "resource": {"aws_sqs_queue": {
    "c": {
      "name":
        "${local.b}"
    }
  }}
}
"""


def test_lines_are_those_of_the_json() -> None:
    found = list(nodes_in(code(LINES)))
    assert [(node.address, node.line) for node in found] == [("local.a", 3), ("local.b", 4), ("aws_sqs_queue.c", 7)]
    assert [(read.address, read.line) for node in found for read in node.read] == [("var.x", 4), ("local.b", 8)]
    assert [(one.address, one.line) for one in declared(code(LINES))] == [(node.address, node.line) for node in found]


# --- what is refused


@pytest.mark.parametrize(
    ("text", "offset", "what"),
    [
        ("", 0, "a value of JSON is missing"),
        ("x", 0, "a value of JSON is missing"),
        ("NaN", 0, "a value of JSON is missing"),
        ("{} {}", 3, "more text follows"),
        ('{"a": {}', 0, "`{` is not closed"),
        ('{"a": [1', 6, "`[` is not closed"),
        ('{"a": 1,}', 8, "the name of a member is missing"),
        ("{1: 1}", 1, "the name of a member is missing"),
        ('{"a" 1}', 5, "a `:` is missing"),
        ('{"a": 1 "b": 2}', 8, "a `,` or `}` is missing"),
        ('{"a": [1 2]}', 9, "a `,` or `]` is missing"),
        ('{"a": [1,]}', 9, "a value of JSON is missing"),
        ('{"a": 01}', 7, "a `,` or `}` is missing"),
        ('{"a": "b', 6, '`"` is not closed'),
        ('{"a": "b\n"}', 6, '`"` is not closed'),
        ('{"a": "\\x"}', 6, "an escape that JSON does not have"),
        ('{"a": "\\u12"}', 6, "an escape that JSON does not have"),
        ("[" * 102, 101, "more than 100 objects and lists"),
        ('{"a": ' * 200, 606, "more than 100 objects and lists"),
        ("[1]", 0, "an object of JSON is expected here"),
        ('"a"', 0, "an object of JSON is expected here"),
        ('{"locals": 1}', 1, "an object of JSON is expected here"),
        ('{"variable": {"a": [1]}}', 14, "an object of JSON is expected here"),
        ('{"resource": {"aws_a": null}}', 14, "an object of JSON is expected here"),
        ('{"resource": {"aws_a": {}}}', 14, "a block of type `resource` needs one more label"),
        ('{"variable": {"a b": {}}}', 14, "`a b` is not a name in Terraform"),
        ('{"locals": {"a b": 1}}', 12, "`a b` is not a name in Terraform"),
        ('{"locals": {"a€": 1}}', 12, "`a€` is not a name in Terraform"),
        ('{"locals": {"a": "${"}}', 12, "`${` is not closed by `}`"),
        ('{"locals": {"a": "b", "c": ["x${~"]}}', 22, "`${~` is not closed by `}`"),
        ('{"locals": {"a": "${#}"}}', 12, "`${` is not closed by `}`"),
        ('{"locals": {"a": "\\r${b}"}}', 12, "an expression after a carriage return"),
        ('{"locals": {"a": "${(}"}}', 12, "`}` does not close `(`"),
        ('{"locals": {"a": {"${": 1}}}', 18, "`${` is not closed by `}`"),
        ('{"output": {"a": {"depends_on": ["${aws_a.b}"]}}}', 18, "HCL has no token that begins with '$'"),
        ('{"output": {"a": {"depends_on": [""]}}}', 18, "is not a reference, a type or a keyword"),
        ('{"output": {"a": {"depends_on": ["a # b"]}}}', 18, "is not a reference, a type or a keyword"),
        ('{"variable": {"a": {"type": "list(string"}}}', 20, "`(` is not closed"),
        ('{"variable": {"a": {"type": "any\\nb = 1"}}}', 20, "is not a reference, a type or a keyword"),
        ('{"variable": {"a": {"type": "<<A\\nb\\nA\\n"}}}', 20, "is not a reference, a type or a keyword"),
        ('{"variable": {"a": {"type": "<<A\\nb"}}}', 20, "`<<A` is not closed by a line `A`"),
    ],
)
def test_what_is_not_terraforms_json_is_refused_at_its_place(text: str, offset: int, what: str) -> None:
    with pytest.raises(TokenError) as refused:
        code(text)
    assert refused.value.offset == offset
    assert what in refused.value.what


def test_what_only_the_whole_argument_shows_is_told_at_its_place() -> None:
    lists = MOST_OPEN - 3
    text = '{"locals": {\n"a": 1,\n"b": ' + lists * "[" + '"${[[[[[1]]]]]}"' + lists * "]" + "}}"
    with pytest.raises(TokenError) as refused:
        code(text)
    assert refused.value.offset == text.index('"b"')
    assert f"more than {MOST_OPEN} " in refused.value.what


BREAK_OUT = [
    '"}\n}\nresource "aws_x" "y" {}\n',
    '${)\n}\nresource "aws_x" "y" {}\nlocals {\nz = (}',
    '${"a"}"\n}\nresource "aws_x" "y" {}\nlocals {\nz = "',
    "a\n}\nresource aws_x y {}\nlocals {\nz = 1",
    "a } resource aws_x y {",
    "a = 1\n}",
    "a\nz = 1",
    "\\",
    '\\"',
]


@pytest.mark.parametrize("text", BREAK_OUT)
@pytest.mark.parametrize(
    "data",
    [
        lambda text: {"locals": {"a": text, "b": 1}},
        lambda text: {"locals": {"a": {text: text}, "b": 1}},
        lambda text: {"locals": {text: 1, "b": 1}},
        lambda text: {"variable": {"a": {"default": text, "description": text}}},
        lambda text: {"variable": {"a": {"type": text, "default": 1}}},
        lambda text: {"variable": {text: {"default": 1, "type": "any"}}},
        lambda text: {"output": {"a": {"depends_on": [text], "value": 1}}},
        lambda text: {"moved": {"from": text, "to": text}},
    ],
)
def test_no_text_reaches_out_of_its_place(text: str, data: Any) -> None:
    try:
        found = code(json.dumps(data(text)))
    except TokenError:
        return
    assert [body.type for body in found.bodies] == [next(iter(data(text)))]
    assert sum(len(body.arguments) for body in found.bodies) == 2
    assert not [block for body in found.bodies for block in body.blocks]
