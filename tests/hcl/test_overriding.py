"""Override files are merged over a module's blocks as the real Terraform merges them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.hcl.nodes import ModuleNode, Nodes
from generator.hcl.references import Reference, referenced
from generator.hcl.structure import Code
from generator.hcl.values import Expression, Value
from tests.support.overriding import merged
from tests.support.terraform_program import apply, initialise, needs_terraform, plan_of, refusal_of, write_module

Files = dict[str, str]

MAIN = "main.tf"
BASE = """\
variable "a" {
  type    = string
  default = "A"
}

variable "v" {
  default = 1
}

locals {
  x = "X"
  y = var.a
}

resource "terraform_data" "base" {
  input            = "base-${local.x}"
  triggers_replace = [local.y]
}

resource "terraform_data" "many" {
  count = 1
  input = { a = 1, b = [local.x] }

  provisioner "local-exec" {
    command = "echo first"
  }

  provisioner "local-exec" {
    command = "echo second"
  }
}

output "x" {
  value = local.x
}

output "base" {
  value     = terraform_data.base.output
  sensitive = true
}
"""


def resource(name: str, body: str) -> str:
    return f'resource "terraform_data" "{name}" {{\n{body}\n}}\n'


JSON_OVERRIDE = """
{
  "resource": {
    "terraform_data": {
      "base": {"input": "o-${local.y}", "provisioner": {"local-exec": {"command": "echo o"}}},
      "many": [{"count": 2}]
    }
  },
  "locals": {"x": {"k": ["$${x}", 1, "${local.y}"]}},
  "variable": {"a": {"default": "${x}"}},
  "output": {"base": {"value": "${var.a}-o"}}
}
"""
JSON_BLOCK = '{"resource": {"terraform_data": {"m": {"input": "${var.a}", "triggers_replace": {"k": "v"}}}}}'
JSON_TWICE = '{"locals": {"x": "o"}, "resource": {"terraform_data": {"base": {"input": "o"}}}, "locals": {"y": "o"}}'

CASES: dict[str, Files] = {
    "an argument": {"override.tf": resource("base", 'input = "o"')},
    "an argument that reads something": {"override.tf": resource("base", 'input = "${var.a}-${var.v}"')},
    "an argument that is not there yet": {"a_override.tf": resource("many", "triggers_replace = local.y")},
    "a whole object": {"a_override.tf": resource("many", "input = { c = 3 }")},
    "count": {"a_override.tf": resource("many", "count = 2")},
    "for_each": {"a_override.tf": resource("base", "for_each = { k = local.y }") + 'output "base" {\n  value = 1\n}\n'},
    "provisioners": {"a_override.tf": resource("many", 'provisioner "local-exec" {\n  command = "rm"\n}')},
    "a first provisioner": {"_override.tf": resource("base", 'provisioner "local-exec" {\n  command = "rm"\n}')},
    "a local": {"override.tf": 'locals {\n  x = "O"\n}\n'},
    "a local that reads something": {"override.tf": "locals {\n  x = local.y\n}\n"},
    "a variable's default": {"override.tf": 'variable "a" {\n  default = "O"\n}\n'},
    "a variable's other arguments": {
        "override.tf": 'variable "v" {\n  type = number\n  description = "d"\n  sensitive = true\n}\n'
    },
    "an output": {"override.tf": 'output "base" {\n  value = var.a\n}\n'},
    "an output's other arguments": {"override.tf": 'output "base" {\n  description = "d"\n  sensitive = false\n}\n'},
    "files in the order of their names": {
        "b_override.tf": 'locals {\n  x = "b"\n}\nvariable "a" {\n  default = "b"\n}\n',
        "a_override.tf": 'locals {\n  x = "a"\n  y = "a"\n}\n',
        "override.tf": 'locals {\n  x = "o"\n}\n',
        "B_override.tf": 'locals {\n  x = "B"\n  y = "B"\n}\nvariable "a" {\n  default = "B"\n}\n',
    },
    "blocks that stand twice in a file": {"override.tf": 'locals {\n  x = "1"\n}\nlocals {\n  x = "2"\n}\n'},
    "names that only look alike": {
        "overrides.tf": resource("o", ""),
        "my-override.tf": resource("m", "input = 1"),
        ".a_override.tf": 'locals {\n  x = "hidden"\n}\n',
    },
    "JSON over native syntax": {"a_override.tf.json": JSON_OVERRIDE},
    "JSON in which a name stands twice": {"a_override.tf.json": JSON_TWICE},
    "native syntax over JSON": {
        "more.tf.json": JSON_BLOCK,
        "a_override.tf": resource("m", "triggers_replace = local.x"),
    },
    "JSON over JSON": {
        "more.tf.json": JSON_BLOCK,
        "override.tf.json": '{"resource": [{"terraform_data": {"m": {"input": ["${local.x}", null, true]}}}]}',
    },
}


@needs_terraform
@pytest.mark.parametrize("files", CASES.values(), ids=CASES.keys())
def test_what_is_merged_is_what_terraform_plans(files: Files, tmp_path: Path) -> None:
    files = {MAIN: BASE} | files
    write_module(tmp_path, files)

    plan, nodes = plan_of(tmp_path), merged(files)

    module = plan["configuration"]["root_module"]
    assert resources(nodes) == {one["address"]: planned_resource(one) for one in module["resources"]}
    assert outputs(nodes) == {name: planned_output(one) for name, one in module["outputs"].items()}
    assert variables(nodes) == module["variables"]
    assert evaluated(Expression("local . x"), nodes) == plan["planned_values"]["outputs"]["x"]["value"]


def test_each_case_changes_something() -> None:
    for files in CASES.values():
        assert merged({MAIN: BASE} | files) != merged({MAIN: BASE}), files


# --- lifecycle: no plan tells it, so it is told by what Terraform does

LIVED = """\
variable "input" {
  default = 1
}

variable "trigger" {
  default = 1
}

resource "terraform_data" "other" {
  input = var.input
}

resource "terraform_data" "it" {
  input            = var.input
  triggers_replace = var.trigger
  %s
}
"""
LIFECYCLES = [
    ("", "prevent_destroy = true"),
    ("", "create_before_destroy = true"),
    ("", "ignore_changes = [input]"),
    ("", "ignore_changes = all"),
    ("prevent_destroy = true", "prevent_destroy = false"),
    ("create_before_destroy = true", "create_before_destroy = false"),
    ("prevent_destroy = true", "create_before_destroy = true"),
    ("create_before_destroy = true", "ignore_changes = [input]"),
    ("ignore_changes = [input]", "ignore_changes = [triggers_replace]"),
    ("ignore_changes = [input]", "ignore_changes = []"),
    ("ignore_changes = [input]", "ignore_changes = all"),
    ("ignore_changes = all", "ignore_changes = [input]"),
    ("ignore_changes = all", "ignore_changes = []"),
    ("", "replace_triggered_by = [terraform_data.other]"),
    ("replace_triggered_by = [terraform_data.other]", "prevent_destroy = false"),
    ("replace_triggered_by = [terraform_data.other]", "replace_triggered_by = []"),
]


@needs_terraform
@pytest.mark.parametrize(("base", "override"), LIFECYCLES)
def test_a_lifecycle_is_merged_argument_by_argument(base: str, override: str, tmp_path: Path) -> None:
    files = {
        MAIN: LIVED % (f"lifecycle {{\n    {base}\n  }}" if base else ""),
        "a_override.tf": resource("it", f"lifecycle {{\n{override}\n}}"),
    }
    (lifecycle,) = merged(files)["terraform_data.it"].blocks("lifecycle") or [{}]
    write_module(tmp_path, files)
    apply(tmp_path)

    plans = {name: plan_of(tmp_path, option) for name, option in CHANGES.items()}

    assert {name: outcome(plan) for name, plan in plans.items()} == expected_outcomes(lifecycle)


CHANGES = {"input": "-var=input=2", "triggers_replace": "-var=trigger=2", "destroy": "-destroy"}
"""What is planned once the resource is there, by the argument that changes."""


def outcome(plan: dict[str, Any]) -> tuple[bool, list[str]]:
    """Return whether Terraform refuses to go on, and what it would do to the resource."""
    (it,) = [one for one in plan["resource_changes"] if one["address"] == "terraform_data.it"]
    return plan["errored"], it["change"]["actions"]


def expected_outcomes(lifecycle: dict[str, Value]) -> dict[str, tuple[bool, list[str]]]:
    """Return the same as a lifecycle, which tfgen has merged, lets expect it."""
    is_protected = lifecycle.get("prevent_destroy") is True
    replaces = ["create", "delete"] if lifecycle.get("create_before_destroy") is True else ["delete", "create"]
    ignored = lifecycle.get("ignore_changes", [])

    def unless_ignored(name: str, actions: list[str]) -> tuple[bool, list[str]]:
        is_ignored = ignored == Expression("all") or (isinstance(ignored, list) and Expression(name) in ignored)
        found = ["no-op"] if is_ignored else actions
        return is_protected and "delete" in found, found

    of_input = replaces if lifecycle.get("replace_triggered_by") else ["update"]
    return {
        "input": unless_ignored("input", of_input),
        "triggers_replace": unless_ignored("triggers_replace", replaces),
        "destroy": (is_protected, ["delete"]),
    }


# --- other kinds of blocks


@needs_terraform
def test_a_call_of_a_module_is_merged(tmp_path: Path) -> None:
    files = {
        "in/main.tf": 'variable "a" {}\nvariable "b" {}\noutput "a" {\n  value = var.a\n}\n',
        MAIN: 'locals {\n  x = "X"\n}\nmodule "m" {\n  source = "./none"\n  a = local.x\n  b = 1\n}\n',
        "a_override.tf": 'module "m" {\n  source = "./in"\n  a = "o"\n  count = 2\n}\n',
    }
    write_module(tmp_path, files)
    initialise(tmp_path)

    call = plan_of(tmp_path)["configuration"]["root_module"]["module_calls"]["m"]

    of_module = {"source": call["source"], "count": planned_value(call["count_expression"])}
    node = merged({name: text for name, text in files.items() if "/" not in name})["module.m"]
    assert node.arguments == of_module | {name: planned_value(one) for name, one in call["expressions"].items()}
    assert node.arguments == {"source": "./in", "a": "o", "b": 1, "count": 2}


@needs_terraform
def test_a_version_that_is_required_takes_the_place_of_that_before(tmp_path: Path) -> None:
    files = {
        MAIN: 'terraform {\n  required_version = ">= 99"\n}\n',
        "a_override.tf": 'terraform {\n  required_version = ">= 1"\n}\n',
    }
    write_module(tmp_path, files)

    assert not plan_of(tmp_path)["errored"]
    assert merged(files)["terraform"].arguments == {"required_version": ">= 1"}


PROVIDERS = "required_providers {{\n  {}\n}}"


@pytest.mark.parametrize(
    ("base", "override", "expected"),
    [
        (PROVIDERS.format("a = 1\n  b = 1"), PROVIDERS.format("b = 2"), {"required_providers": [{"a": 1, "b": 2}]}),
        ("x = 1", PROVIDERS.format("b = 2"), {"x": 1, "required_providers": [{"b": 2}]}),
        ('backend "a" {\n}', "cloud {\n}", {"cloud": [{}]}),
        ("cloud {\n}", 'backend "a" {\n  b = 1\n}', {"backend": [{"a": {"b": 1}}]}),
        ('backend "a" {\n}', 'backend "b" {\n}', {"backend": [{"b": {}}]}),
        ('backend "a" {\n}', "x = 1", {"backend": [{"a": {}}], "x": 1}),
    ],
)
def test_settings_are_merged_by_rules_of_their_own(base: str, override: str, expected: dict[str, Value]) -> None:
    settings = "terraform {{\n  {}\n}}\n".format
    assert merged({MAIN: settings(base), "override.tf": settings(override)})["terraform"].arguments == expected


def test_settings_and_a_provider_are_there_where_nobody_writes_them() -> None:
    text = 'terraform {\n  x = 1\n}\nprovider "aws" {\n  region = "a"\n}\n'
    nodes = merged({"override.tf": text, MAIN: ""})
    assert {address: node.arguments for address, node in nodes.items()} == {
        "terraform": {"x": 1},
        "provider.aws": {"region": "a"},
    }


def test_providers_are_told_apart_by_their_alias() -> None:
    provider = 'provider "aws" {{\n  {}\n}}\n'.format
    nodes = merged(
        {
            MAIN: provider("region = 1") + provider('region = 2\n  alias = "x"'),
            "override.tf": provider('region = 3\n  alias = "x"') + provider('region = 4\n  alias = "y"'),
        }
    )
    regions = {address: node.arguments["region"] for address, node in nodes.items()}
    assert regions == {"provider.aws": 1, "provider.aws.x": 3}


def test_nested_blocks_take_the_place_of_all_of_their_type() -> None:
    base = 'a {\n x = local.a\n}\na {\n x = 2\n}\nb {\n x = 3\n}\ndynamic "c" {\n  for_each = local.c\n}'
    override = 'a {\n x = local.o\n}\nc {\n x = local.o\n}\ndynamic "d" {\n  for_each = [1]\n}'
    node = merged({MAIN: resource("x", base), "override.tf": resource("x", override)})["terraform_data.x"]
    local = Expression("local . o")
    assert node.arguments == {"a": [{"x": local}], "b": [{"x": 3}], "c": [{"x": local}], "d": [{"for_each": [1]}]}
    assert [reference.address for reference in node.read] == ["local.o", "local.o"]


@pytest.mark.parametrize(
    ("base", "override", "expected"),
    [
        ("c {\n}", 'dynamic "c" {\n  for_each = [1]\n}', [{"for_each": [1]}]),
        ("c = [1]", "c {\n}", [{}]),
        ("c {\n}", "c = [1]", [1]),
    ],
)
def test_what_stands_in_a_place_of_another_kind_takes_it_too(base: str, override: str, expected: Value) -> None:
    nodes = merged({MAIN: resource("x", base), "override.tf": resource("x", override)})
    assert nodes["terraform_data.x"].arguments == {"c": expected}


def test_a_data_source_is_merged_but_for_its_lifecycle() -> None:
    data = 'data "aws_x" "y" {{\n  {}\n}}\n'.format
    override = data("b = 2\n  depends_on = [x_y.z]\n  lifecycle {\n  ignore_changes = all\n}")
    nodes = merged({MAIN: data("a = 1\n  b = 1"), "override.tf": override})
    assert nodes["data.aws_x.y"].arguments == {"a": 1, "b": 2}


def test_what_a_module_depends_on_stays_as_it_is() -> None:
    call = 'module "m" {{\n  source = "./m"\n  {}\n}}\n'.format
    nodes = merged({MAIN: call("a = 1"), "override.tf": call("depends_on = [x_y.z]")})
    assert nodes["module.m"].arguments == {"source": "./m", "a": 1}


def test_actions_take_the_place_of_all_that_are_triggered() -> None:
    """No Terraform that can be run here knows them: so says `module_merge.go` of version 1.14."""
    trigger = "lifecycle {{\n  {}\n  action_trigger {{\n    actions = [action.a.{}]\n  }}\n}}".format
    files = {
        MAIN: resource("x", trigger("prevent_destroy = true", "b")),
        "override.tf": resource("x", trigger("", "c")),
    }
    (lifecycle,) = merged(files)["terraform_data.x"].blocks("lifecycle")
    assert lifecycle == {"prevent_destroy": True, "action_trigger": [{"actions": [Expression("action . a . c")]}]}


def test_a_data_source_within_a_check_is_merged() -> None:
    check = 'check "c" {\n  data "aws_x" "y" {\n    a = 1\n  }\n}\n'
    nodes = merged({MAIN: check, "override.tf": 'data "aws_x" "y" {\n  a = 2\n}\n'})
    assert nodes["data.aws_x.y"].arguments == {"a": 2}


@pytest.mark.parametrize("header", ['check "x"', 'ephemeral "aws_x" "y"'])
def test_what_terraform_never_merges_stays_as_it_is(header: str) -> None:
    files = {MAIN: f"{header} {{\n  a = 1\n}}\n", "override.tf": f"{header} {{\n  a = 2\n}}\n"}
    (node,) = merged(files).values()
    assert node.arguments == {"a": 1}


def test_a_block_stays_where_it_is_written() -> None:
    nodes = merged({MAIN: BASE, "override.tf": "\n\n\n" + resource("base", "input = 1")})
    assert nodes["terraform_data.base"].line == merged({MAIN: BASE})["terraform_data.base"].line


# --- what Terraform refuses changes nothing

CHECK = "{\n  condition = var.a != null\n  error_message = var.a\n}"
REFUSED = {
    "depends_on of a resource": resource("base", "depends_on = [terraform_data.many]"),
    "depends_on of an output": 'output "x" {\n  depends_on = [terraform_data.many]\n}\n',
    "a precondition": resource("base", f"lifecycle {{\nprecondition {CHECK}\n}}"),
    "a precondition of an output": f'output "x" {{\n  precondition {CHECK}\n}}\n',
    "a validation": f'variable "a" {{\n  validation {CHECK}\n}}\n',
    "a resource that is not there": resource("none", "input = 1"),
    "a local that is not there": "locals {\n  none = 1\n}\n",
    "an output that is not there": 'output "none" {\n  value = 1\n}\n',
    "a variable that is not there": 'variable "none" {}\n',
    "a data source that is not there": 'data "terraform_remote_state" "none" {\n  backend = "local"\n}\n',
    "a module that is not there": 'module "none" {\n  source = "./none"\n}\n',
    "a provider's alias that is not there": 'provider "terraform" {\n  alias = "none"\n}\n',
    "moved": "moved {\n  from = terraform_data.old\n  to   = terraform_data.base\n}\n",
}


@needs_terraform
@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_terraform_refuses_changes_nothing(text: str, tmp_path: Path) -> None:
    files = {MAIN: BASE, "a_override.tf": text}
    write_module(tmp_path, files)

    assert refusal_of(tmp_path, "validate")
    assert merged(files) == merged({MAIN: BASE})


# --- a module's nodes and a plan's configuration, in one form

Told = dict[str, Any]
"""Arguments by name: values, or the addresses that they read."""


def resources(nodes: Nodes) -> dict[str, Told]:
    found = {address: node for address, node in nodes.items() if address.startswith("terraform_data.")}
    return {address: told(node) for address, node in found.items()}


def outputs(nodes: Nodes) -> dict[str, Told]:
    found = [node for address, node in nodes.items() if address.startswith("output.")]
    return {node.address.removeprefix("output."): told(node) for node in found}


def variables(nodes: Nodes) -> dict[str, Told]:
    """No plan tells a variable's type."""
    found = [node for address, node in nodes.items() if address.startswith("variable.")]
    return {node.address.removeprefix("variable."): told(node.without(["type"])) for node in found}


def told(node: ModuleNode) -> Told:
    return without_nothing({name: of_value(value, node.references[name]) for name, value in node.arguments.items()})


def of_value(value: Value, references: list[Reference]) -> object:
    return {reference.address for reference in references} if holds_expression(value) else value


def holds_expression(value: Value) -> bool:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, Expression) or any(map(holds_expression, members))


def planned_resource(planned: Told) -> Told:
    meta = {name: planned[f"{name}_expression"] for name in ("count", "for_each") if f"{name}_expression" in planned}
    arguments = {
        name: planned_value(expression) for name, expression in (planned.get("expressions", {}) | meta).items()
    }
    run = [
        {one["type"]: {name: planned_value(expression) for name, expression in one["expressions"].items()}}
        for one in planned.get("provisioners", [])
    ]
    return without_nothing(arguments | {"provisioner": run})


def planned_output(planned: Told) -> Told:
    others = {name: value for name, value in planned.items() if name != "expression"}
    return without_nothing(others | {"value": planned_value(planned["expression"])})


def planned_value(expression: Told) -> object:
    if "references" not in expression:
        return expression.get("constant_value", set())
    code = Code("".join(f"x = {reference}\n" for reference in expression["references"]))
    return {reference.address for reference in referenced(code)}


def without_nothing(arguments: Told) -> Told:
    """Return arguments without those that a plan leaves out: `false`, and expressions that read nothing."""
    return {name: value for name, value in arguments.items() if value not in (False, set(), [])}


def evaluated(value: Value, nodes: Nodes) -> Value:
    """Return what locals and variables with defaults make of a value."""
    match value:
        case Expression(text) if text.startswith("local . "):
            return evaluated(nodes[text.replace(" ", "")].arguments["value"], nodes)
        case Expression(text):
            return nodes[text.replace(" ", "").replace("var.", "variable.")].arguments["default"]
        case list():
            return [evaluated(item, nodes) for item in value]
        case dict():
            return {name: evaluated(member, nodes) for name, member in value.items()}
    return value
