"""Values of expressions, held against those of the real Terraform."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.hcl.evaluated import Evaluated, Json, Pattern, UncertainList, Unknown, is_known
from generator.hcl.json_text import text_of_json
from generator.hcl.nodes import nodes_of
from generator.hcl.scope import ModuleScope
from tests.support.terraform_program import needs_terraform, plan_of, write_module

LOCALS = """\
locals {
  text   = "shop"
  number = 3
  yes    = true
  none   = null
  list   = ["b", "a"]
  mixed  = ["b", 1, true, null]
  tags   = { env = "prod", project = "shop", "a b" = "c" }
  nested = { list = [{ name = "first", ports = [80, 443] }], empty = {} }
  set    = toset(["b", "a"])
}
"""

REFUSED = "refused by Terraform"

KNOWN = [
    '"a"',
    "1",
    "1.50",
    "0.1",
    "1e3",
    "-3",
    "true",
    "null",
    '"\\u00e9\\n\\t\\"\\\\"',
    '"$${a} %%{b}"',
    "local.text",
    "local.list[0]",
    'local.tags["env"]',
    "local.tags.env",
    'local.tags["a b"]',
    "local.list.1",
    "local.nested.list[0].ports[1]",
    'local.list["0"]',
    '"${local.text}"',
    '"${local.text}-${local.number}-${local.yes}"',
    '"${local.number}"',
    '"a${1.5}b${1e3}c"',
    '"${"${local.text}"}"',
    '"a ${~ local.text ~} b"',
    '" ${~ 1 ~} "',
    '"${~ 1 ~}"',
    '"${1 ~} ${2} ${~ 3}"',
    '"a\\n\\u00a0${~ 1 ~}\\u2028\\u3000b"',
    '"a\\u200b\\u001c${~ 1 ~}\\ufeffb"',
    '"a $ ${~ 1 ~} % b $${ ${~ 2}"',
    "<<E\n\n  a\n  ${~ 1 ~}  \n  b\nE\n",
    "<<-E\n    a\n  ${1 ~}   \n      b\n    ${~ 2}\n  E\n",
    'core::upper("a")',
    '"${core::join(core::lower("-A"), [1, 2])}"',
    "[!!true, - -1, !(!true)]",
    '"x${jsonencode({ b = [1, "<&>"], a = null })}"',
    "[]",
    "{}",
    '[1, "a", [true]]',
    '{ a = 1, "b c" = 2, (local.text) = 3 }',
    '{ "${local.text}-x" = 1 }',
    "1 + 2 * 3",
    "(1 + 2) * 3",
    "10 / 5",
    "7 % 3",
    "-7 % 3",
    "7 % -3",
    "2 - 3 - 4",
    '"5" + "5"',
    '"2" * 3',
    '-"3"',
    '"1" < 2',
    "3 > 2",
    "2 >= 2",
    "1 <= 0",
    "1 == 1.0",
    '1 == "1"',
    "true == 1",
    "null == null",
    '"" == null',
    '["a"] == ["a"]',
    "{ a = 1 } == { a = 1 }",
    "[1] == [true]",
    '"a" != "b"',
    "true && false",
    "true || false",
    "!true",
    '!"false"',
    "!(1 == 2)",
    'true && "true"',
    "1 == 1 && 2 == 2",
    "local.set == local.list",
    "local.list == local.list",
    "[] == {}",
    'null != "a"',
    'true == "true"',
    'local.yes ? "a" : "b"',
    "local.number > 3 ? 1 : 2",
    "true ? null : 1",
    'true ? ["a"] : []',
    "true ? {} : { a = 1 }",
    '"true" ? 1 : 2',
    "false ? [1] : []",
    "[for one in local.list : upper(one)]",
    "[for key, one in local.tags : key]",
    "[for one in local.tags : one]",
    '{ for key, one in local.tags : upper(key) => one if key != "env" }',
    "[for index, one in local.list : index]",
    "[for key, one in local.set : key]",
    "[for one in local.set : one]",
    '{ for one in local.list : one => "x" }',
    '[for one in local.nested.list : [for port in one.ports : "${one.name}:${port}"]]',
    "[for one in [] : one]",
    'lower("AbC")',
    'upper("abc")',
    'trimspace("  a b\\n")',
    'trimprefix("abc", "a")',
    'trimsuffix("abc", "c")',
    'replace("a.b.c", ".", "-")',
    'split(",", "a,b,,c")',
    'split(",", "")',
    'join("-", ["a", "b"])',
    'join(",", [])',
    'join(",", [1, true, "a"])',
    'join("-", ["a"], ["b", "c"])',
    'join(",", local.set)',
    'format("%s-%d", "a", 3)',
    'format("%s", true)',
    'format("a")',
    "length(local.list)",
    "length(local.tags)",
    'length("abc")',
    "length([])",
    "length(local.set)",
    "keys(local.tags)",
    "values(local.tags)",
    'merge(local.tags, { env = "dev" })',
    "merge()",
    "merge(local.tags, null)",
    "concat(local.list, [1])",
    "concat([], [])",
    'contains(local.list, "a")',
    'contains(local.set, "a")',
    'contains(["a"], "b")',
    "element(local.list, 3)",
    'lookup(local.tags, "env", "x")',
    'lookup(local.tags, "no", "x")',
    'lookup(local.tags, "env")',
    'coalesce(null, "", "a", "b")',
    "coalesce(null, 0)",
    'compact(["a", "", null, "b"])',
    'sort(["b", "a", "B"])',
    'toset(["b", "a", "b"])',
    "tolist(local.set)",
    'tolist(["a", "b"])',
    'tomap({ a = "b" })',
    "tostring(1)",
    "tostring(true)",
    "tostring(null)",
    "tostring(1.5)",
    'tonumber("1.5")',
    'tonumber("010")',
    "tonumber(null)",
    'tobool("true")',
    "tobool(false)",
    'sensitive("a") == "a" ? nonsensitive("b") : nonsensitive("c")',
    'nonsensitive("a")',
    "jsonencode(local.nested)",
    'jsonencode("<&>\\u2028é\\"\\n")',
    "jsonencode([1, 1.5, 1e30, true, null, local.set])",
    "jsonencode({ b = 1, a = { d = 1, c = 2 } })",
    'upper(jsonencode(["a"]))',
    "length(jsonencode([1]))",
    'try(local.tags.no, "x")',
    'try(local.tags.env, "x")',
    'try(local.list[5], "x")',
    "can(local.tags.no)",
    "can(local.tags.env)",
    "try(local.tags.no.deeper, local.list[9], 3)",
    "can(null.a)",
    "jsonencode(1)",
    'jsonencode("a")',
    "jsonencode(local.list)",
    "{ for key, one in { b = 1, a = 2 } : key => one }",
    '[for one in local.list : one if one != "a"]',
    'join("", [for one in ["x", "y"] : "${one};"])',
    '"${local.nested.list[0].name}"',
    'format("%s/%s", local.text, local.number)',
    "merge({ a = { b = 1 } }, { a = { c = 2 } })",
    'true ? toset(["a"]) : toset(["b"])',
    'local.number == 3 ? ["x"] : []',
    "{ a = [for x in [1, 2] : { n = x }] }",
    'contains(keys(local.tags), "env")',
    'lookup({ a = 1 }, "b", "x")',
    'tolist(["a"])[0]',
    "(local.tags).env",
    "[local.text][0]",
    "{ a = { b = 1 } }.a.b",
]
"""Expressions whose value is known here, and is that of Terraform."""

LEFT = [
    'tolist(["a", 1])',
    'tomap({ a = 1, b = "x" })',
    "toset([1, 2])",
    "jsonencode(toset([2, 1]))",
    "1 / 3",
    'length("\\r\\n")',
    'length("e\\u0301")',
    'upper("ß")',
    'lower("İ")',
    'split("", "abc")',
    'tonumber("1_000")',
    'tonumber(" 1")',
    'tobool("yes")',
    "tobool(1)",
    'format("%05d", 1)',
    'format("%q", "a")',
    'format("%v", [1])',
    'format("%s")',
    'format("%d", 1.5)',
    'format("%%")',
    'try(format("%05d", 1), "x")',
    'can(format("%q", "a"))',
    'replace("aaa", "/a+/", "b")',
    "local.list[*]",
    "local.nested.list[*].name",
    "local.list.*",
    'try(tobool("yes"), "x")',
    'try(tonumber("a"), 0)',
    'can(regex("^a", "abc"))',
    'try("1" < 2, "x")',
    "local.set[0]",
    "try(local.set[0], 1)",
    'try("5" * "2", "x")',
    "try(-local.text, 1)",
    "try(upper([]), 1)",
    '"a" + "b"',
    "[1] + [2]",
    '"%s" % 3',
    '"a" * 3',
    "1 && true",
    "1 ? 2 : 3",
    "coalesce(null, null)",
    'coalesce("", 1)',
    "element([], 0)",
    '"%{ if local.yes }a%{ else }b%{ endif }"',
    "max(1, 2)",
    'jsondecode("[1]")',
    'base64encode("a")',
    "range(3)",
    '{ for one in ["a", "a"] : one => 1 }',
    '{ for one in ["a", "a"] : one => 1... }',
    "local.tags.env.no",
    "1.5 % 1",
    "99999999999999999999 + 1",
    "12345678901234567890.5",
    "1e30 * 1e30",
    "local.number.a",
    '"a"[0]',
    "2 / 8",
    'merge({ a = 1 }, { b = "x" })',
    "merge({ a = { b = 1 } }, { a = { c = 2 } })",
    "merge([])",
    "concat(local.set, [])",
    "keys([])",
    'values({ b = 1, a = "x" })',
    'lookup({}, "a")',
    'lookup({ a = 1 }, "b", "x")',
    "trimspace(1)",
    'trimspace("\\u00a0a\\u001c")',
    'join(",", [null])',
    "compact([1])",
    "sort([2, 10])",
    "contains(null, 1)",
    "flatten([[1], [2]])",
    "distinct([1, 1])",
    'zipmap(["a"], [1])',
    'formatlist("%s", local.list)',
    "1 == null",
    '"${null}"',
    '"${[]}"',
    'try("${[]}", 1)',
    "!null",
    "-null",
    "null + 1",
    "null ? 1 : 2",
    "local.none.a",
    'jsonencode(1) == "1"',
    'contains([jsonencode(1)], "1")',
    'try(jsonencode(1) == "1", 2)',
    "length(null)",
    "length(5)",
    '"${0.1 + 0.2}"',
    "7 / 2",
    "0.1 + 0.2",
    "1 - 0.9",
    'true ? 1 : "a"',
    'false ? true : "x"',
    'true ? { a = 1 } : { a = "x" }',
    'true ? [1] : ["a", "b"]',
    'true ? { a = 1, b = "x" } : {}',
    "true ? 1 : true",
    "contains([1], true)",
    'contains(["1"], 1)',
    "element(local.list, -1)",
    'local.tags[local.list[0] == local.text ? 1 : "env"]',
    '"x${1 - 0.9}"',
    'true ? [1, "a"] : []',
    'tolist([[1], ["a"]])',
    "tobool(jsonencode(true))",
    'jsonencode("\\u0008")',
    "{ for one in local.list : one => one if local.none }",
]
"""Expressions of which not all is known here, or nothing; what is known is right."""


def module(expressions: Sequence[str], given_locals: str = LOCALS) -> str:
    """Return a module with an output for each expression, or `REFUSED` where Terraform refuses it."""
    outputs = [
        f'output "e{number}" {{\n  value     = try([{expression}], "{REFUSED}")\n  sensitive = true\n}}\n'
        for number, expression in enumerate(expressions)
    ]
    return "\n".join([given_locals, *outputs])


def ours(expressions: Sequence[str], given_locals: str = LOCALS) -> list[Evaluated]:
    """Return what is evaluated here."""
    texts = [f"locals {{\n  e{number} = [{expression}]\n}}\n" for number, expression in enumerate(expressions)]
    nodes = nodes_of([given_locals, *texts])
    scope = ModuleScope(nodes)
    return [scope.find(("local", f"e{number}")) for number in range(len(expressions))]


def those_of_terraform(expressions: Sequence[str], folder: Path, given_locals: str = LOCALS) -> list[Any]:
    folder.mkdir(exist_ok=True)
    write_module(folder, {"main.tf": module(expressions, given_locals)})
    outputs = plan_of(folder)["planned_values"]["outputs"]
    return [outputs[f"e{number}"].get("value") for number in range(len(expressions))]


def agrees(known: Evaluated, real: Any) -> bool:
    """Tell whether what is known here of a value is right."""
    if isinstance(known, Unknown | Pattern):
        return True
    if isinstance(known, Json) or (isinstance(known, list | dict) and isinstance(real, str)):
        return text_of_json(known.value if isinstance(known, Json) else known) in (None, real)
    if isinstance(known, list):
        return isinstance(real, list) and len(known) == len(real) and all(map(agrees, known, real))
    if isinstance(known, dict):
        return isinstance(real, dict) and known.keys() == real.keys() and all(agrees(known[k], real[k]) for k in known)
    return known == real and isinstance(known, bool) is isinstance(real, bool)


def is_right(known: Evaluated, real: Any) -> bool:
    """Tell whether nothing is known of what Terraform refuses, and of the rest nothing that is wrong."""
    return not is_known(known) if real == REFUSED else agrees(known, real)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    expressions = [*KNOWN, *LEFT]
    return dict(zip(expressions, those_of_terraform(expressions, tmp_path_factory.mktemp("real")), strict=True))


@needs_terraform
@pytest.mark.parametrize("expression", KNOWN)
def test_what_is_evaluated_is_what_terraform_makes_of_it(expression: str, real: dict[str, Any]) -> None:
    (known,) = ours([expression])
    assert real[expression] != REFUSED
    assert isinstance(known, list)
    assert not any(isinstance(one, Unknown) for one in known), known
    assert agrees(known, real[expression]), (known, real[expression])


@needs_terraform
@pytest.mark.parametrize("expression", LEFT)
def test_what_only_terraform_evaluates_is_not_guessed(expression: str, real: dict[str, Any]) -> None:
    (known,) = ours([expression])
    assert is_right(known, real[expression]), known


# --- random expressions

ATOMS = [
    "local.text",
    "local.number",
    "local.yes",
    "local.none",
    "local.list",
    "local.mixed",
    "local.tags",
    "local.set",
]
LITERALS = ['"a"', '""', '"3"', '"true"', "0", "2", "-5", "1.5", "true", "false", "null", "[]", "{}", '["a"]', "[1, 2]"]
UNARY = [
    "upper({})",
    "length({})",
    "keys({})",
    "values({})",
    "tostring({})",
    "tonumber({})",
    "tobool({})",
    "!{}",
    "-{}",
]
UNARY += ["toset({})", "tolist({})", "compact({})", "sort({})", "jsonencode({})", '"x${{{}}}"', "[{}]", "{{ a = {} }}"]
UNARY += ["[for k, v in {} : k]", "[for v in {} : v]", "{{ for k, v in {} : k => v }}", "can({})", "({})", "({}).env"]
UNARY += ["({})[0]", '({})["env"]', "trimspace({})", '"${{{}}}"']
BINARY = [f"({{}}) {sign} ({{}})" for sign in ("==", "!=", "<", ">=", "+", "-", "*", "%", "&&", "||")]
BINARY += ["merge({}, {})", "concat({}, {})", "contains({}, {})", "element({}, {})", "try({}, {})", "coalesce({}, {})"]
BINARY += [
    "join({}, {})",
    "split({}, {})",
    "[{}, {}]",
    "{{ a = {}, b = {} }}",
    'lookup({}, {}, "x")',
    'format("%s-%s", {}, {})',
]
TERNARY = ["({}) ? ({}) : ({})", "replace({}, {}, {})", "lookup({}, {}, {})"]


def random_expression(random: Random, depth: int = 3) -> str:
    if depth == 0 or random.random() < 0.2:
        return random.choice([*ATOMS, *LITERALS])
    form = random.choice([*UNARY, *BINARY, *TERNARY])
    return form.format(*(random_expression(random, depth - 1) for _ in range(3)))


@needs_terraform
@pytest.mark.parametrize("seed", range(4))
def test_what_is_known_of_a_random_expression_is_what_terraform_makes_of_it(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    random = Random(seed)  # noqa: S311 - the same expressions each time
    several = [random_expression(random) for _ in range(200)]
    those = those_of_terraform(several, tmp_path_factory.mktemp("random"))
    wrong = {
        expression: (known, real)
        for expression, known, real in zip(several, ours(several), those, strict=True)
        if real not in (REFUSED, None) and not agrees(known, real)  # a refused one has no plan, and null is not known
    }
    assert wrong == {}


# --- lists of which it is not known what they hold

ITEM = '{ name = "a" }'
OTHER = '{ name = "b" }'


def evaluated_alone(expression: str) -> Evaluated:
    (found,) = ours([expression])
    assert isinstance(found, list)
    return found[0]


@pytest.mark.parametrize(
    ("items", "certain", "possible"),
    [
        (f"[{ITEM}, var.x ? [{OTHER}] : []]", ["a"], ["b"]),
        (f"[{ITEM}, var.x ? [] : [{OTHER}]]", ["a"], ["b"]),
        (f"[[{ITEM}], [[{OTHER}]], var.x ? [{ITEM}, {OTHER}] : []]", ["a", "b"], ["a", "b"]),
        (f"[flatten([{ITEM}, var.x ? [{OTHER}] : []]), {OTHER}]", ["a", "b"], ["b"]),
        (f"[{ITEM}, var.x ? [[{OTHER}]] : []]", ["a"], ["b"]),
        (f"[{ITEM}, var.x ? [var.y ? [{OTHER}] : [], {ITEM}] : []]", ["a"], ["b", "a"]),
        (f"[var.x ? [{ITEM}] : [], var.y ? [{OTHER}] : []]", [], ["a", "b"]),
    ],
)
def test_of_a_flat_list_it_is_known_what_it_holds_surely_and_what_perhaps(
    items: str, certain: list[str], possible: list[str]
) -> None:
    found = evaluated_alone(f"flatten({items})")
    assert isinstance(found, UncertainList)
    assert found.certain == [{"name": name} for name in certain]
    assert found.possible == [{"name": name} for name in possible]
    assert found.reads
    assert found.reads <= {("var", "x"), ("var", "y")}


@pytest.mark.parametrize(
    "items",
    [
        f"[{ITEM}, var.x]",
        f"[{ITEM}, [var.x]]",
        f"[{ITEM}, var.x ? [{OTHER}] : [{ITEM}]]",
        f"[{ITEM}, var.x ? var.y : []]",
        f"[{ITEM}, var.x ? [var.y] : []]",
        "var.x",
    ],
)
def test_what_may_be_a_list_of_any_length_is_left_to_terraform(items: str) -> None:
    found = evaluated_alone(f"flatten({items})")
    assert type(found) is Unknown


@pytest.mark.parametrize(
    "expression",
    [
        "length({})",
        "{}[0]",
        "{}[0].name",
        "{}[*].name",
        "[for one in {} : one.name]",
        "{{ for one in {} : one.name => one }}",
        '[for one in {} : one if one.name == "a"]',
        "concat({}, [])",
        "contains({}, 1)",
        "{} == []",
        "element({}, 0)",
        "tolist({})",
    ],
)
def test_what_is_made_of_a_list_that_is_not_certain_is_not_known(expression: str) -> None:
    """Nothing is read from a place that another item may have."""
    found = evaluated_alone(expression.format(f"flatten([var.x ? [{ITEM}] : [], {OTHER}])"))
    assert type(found) is Unknown
    assert ("var", "x") in found.reads


def test_a_condition_that_is_known_leaves_no_doubt() -> None:
    assert evaluated_alone(f"flatten([true ? [{ITEM}] : [], false ? [{OTHER}] : []])") == [{"name": "a"}]


# --- numbers that Terraform's plans cannot hold, or Python's


@pytest.mark.parametrize(
    "number", ["1e400", "-1e400", 'tonumber("inf")', 'tonumber("nan")', "1 / 0", "1 % 0", "9" * 300]
)
def test_a_number_without_an_end_is_not_known(number: str) -> None:
    assert not is_known(ours([number])[0])


# --- hostile ones


def chain(value: str) -> str:
    """Return locals of which each is made of the one before, which stands for `PREVIOUS`."""
    lines = [f"  l{n + 1} = {value.replace('PREVIOUS', f'local.l{n}')}" for n in range(40)]
    return "\n".join(["locals {", "  l0 = local.text", *lines, "}"])


HOSTILE = {
    "brackets": ("", "(" * 95 + "1" + ")" * 95),
    "lists": ("", "[" * 95 + "]" * 95),
    "signs": ("", "!" * 20_000 + "true"),
    "a long sum": ("", "1" + " + 1" * 20_000),
    "a long product": ("", "9" + " * 9" * 20_000),
    "steps": ("", "local.text" + ".a" * 20_000),
    "conditions": ("", "true ? 1 : " * 5000 + "2"),
    "loops in loops": ("", f"{'[for a in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : ' * 40}1{']' * 40}"),
    "loops beside loops": (
        "",
        "[for a in [1, 2, 3] : [for b in [1, 2, 3] : {}]]".format("[a, b]" + " == [a, b]" * 2000),
    ),
    "lists that double": (chain("[PREVIOUS, PREVIOUS]"), "local.l40"),
    "texts that double": (chain('"${PREVIOUS}${PREVIOUS}"'), "local.l18"),
    "texts times a hundred": (chain(f'"{"${PREVIOUS}" * 100}"'), "local.l18"),
    "texts of what is not known": (chain('"${var.x}${PREVIOUS}${PREVIOUS}${PREVIOUS}"'), "local.l18"),
    "JSON in JSON": (chain('jsonencode("x${PREVIOUS}")'), '"x${local.l18}"'),
    "replacements": ("", f'replace("{"a" * 50_000}", "a", "{"b" * 50_000}")'),
    "joined texts": ("", f'join("{"a" * 50_000}", split("b", "{"b" * 9000}"))'),
    "conditions of conditions": (chain("PREVIOUS == 1 ? PREVIOUS : [PREVIOUS, var.x]"), "local.l18"),
    "objects of objects": (chain("{ a = PREVIOUS, b = merge({ c = PREVIOUS }, { d = PREVIOUS }) }"), "local.l18"),
    "a circle": ("locals {\n  a = [local.b, local.b]\n  b = [local.a, local.a]\n}", "local.a"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_expression_ends_soon_and_takes_little_memory(name: str) -> None:
    locals_, expression = HOSTILE[name]
    start, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours([expression], f"{LOCALS}\n{locals_}")
    assert time.process_time() - start < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 500_000  # KiB
