"""Types of expressions, as a folder's files declare them; Terraform's own `type` is the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.aws.schema import aws
from generator.files.declared_types import DeclaredTypes
from generator.hcl.constraints import read_constraint
from generator.hcl.tokens import tokens
from tests.support.terraform_program import needs_terraform, values_in_json

VARIABLES = """\
variable "count_of_workers" { type = number }
variable "name" { type = string }
variable "anything" {}
variable "any" { type = any }
variable "port" { default = 80 }
variable "names" {
  default = ["a"]
}
variable "database" {
  type = object({
    port  = number
    host  = optional(string, "a)b")
    tls : bool
    nodes = list(object({ weight = number }))
  })
}
variable "weights" { type = map(number) }
variable "aliases" { type = list(string) }
variable "pair" { type = tuple([string, number]) }
variable "hosts" { type = set(string) }
variable "quoted" { type = "string" }
variable "any_port" {
  type    = any
  default = 80
}
locals {
  port   = 8080
  copied = var.count_of_workers
  url    = "http://${var.name}"
}
"""

VALUES = """\
count_of_workers = 2
name = "a"
anything = "a"
any = "a"
database = { port = 1, tls = true, nodes = [{ weight = 1 }] }
weights = { a = 1 }
aliases = ["a"]
pair = ["a", 1]
hosts = ["a"]
quoted = "a"
"""

TOLD = {
    "var.count_of_workers": "number",
    "var.name": "string",
    "var.port": "number",
    "var.any_port": "number",
    "var.database": "object",
    "var.database.port": "number",
    "var.database.host": "string",
    'var.database["tls"]': "bool",
    "var.database.nodes[0].weight": "number",
    "var.weights": "map",
    "var.weights.a": "number",
    'var.weights["a"]': "number",
    "var.pair[1]": "number",
    "var.hosts": "set",
    "var.quoted": "string",
    "local.port": "number",
    "local.copied": "number",
    "local.copied + 1": "number",
    "local.url": "string",
    "var.count_of_workers == 1": "bool",
    "!var.database.tls": "bool",
    "-var.port": "number",
    "var.database.tls ? 1 : 2": "number",
    'var.database.tls ? 1 : "x"': "string",
    'var.database.tls ? "a" : var.name': "string",
    "var.database.tls ? var.aliases : []": "list",
    "length(var.names)": "number",
    "[for name in var.names : name]": "list",
    "{ for name in var.names : name => 1 }": "object",
    "max(1, var.count_of_workers)": "number",
    'lookup(var.weights, "b", 1)': "number",
    "element(var.aliases, 0)": "string",
    "try(var.count_of_workers, 1)": "number",
    "coalesce(var.name, 1)": "string",
    "contains(var.names, var.name)": "bool",
    "jsonencode(var.database)": "string",
    'join(",", var.names)': "string",
    "tostring(var.count_of_workers)": "string",
    "nonsensitive(var.count_of_workers)": "number",
    "core::upper(var.name)": "string",
    "terraform.workspace": "string",
    "path.module": "string",
    "8080": "number",
    "true": "bool",
    '"a"': "string",
}
"""Expressions, and what is told of them: the name of the type that Terraform says."""

NOT_KNOWN = [
    "var.anything",
    "var.any",
    "var.any.port",
    "var.names",
    "var.not_declared",
    "module.database.port",
    "random_integer.port.result",
    "aws_lb.main.access_logs[0].enabled",
    "null",
    "var.database.tls ? var.anything : 1",
]

OF_THE_PROVIDER = {
    "aws_db_instance.main.port": "number",
    "aws_db_instance.main[0].port": "number",
    'aws_db_instance.main["a"].port': "number",
    "aws_db_instance.main": "object",
    "aws_db_instance.main[0]": "object",
    "data.aws_db_instance.main.port": "number",
    "aws_db_instance.main.address": "string",
    "aws_db_instance.main.multi_az": "bool",
    "aws_sqs_queue.jobs.url": "string",
    "aws_sqs_queue.jobs.tags": "map",
    'aws_sqs_queue.jobs.tags["team"]': "string",
    "data.aws_subnets.private.ids": "list",
    "data.aws_subnets.private.ids[0]": "string",
}


IN_JSON = {str: "string", int: "number", bool: "bool", list: "list", dict: "map"}
WITHOUT_DIFFERENCE = {"set": "list", "tuple": "list", "object": "map"}
"""Types that JSON does not tell apart."""


def type_of(expression: str, **files: str) -> str | None:
    constraint = DeclaredTypes({name: text.encode() for name, text in files.items()})(expression)
    return constraint.name if constraint else None


@pytest.mark.parametrize(("expression", "expected"), [*TOLD.items(), *OF_THE_PROVIDER.items()])
def test_a_type_is_told(expression: str, expected: str) -> None:
    told = type_of(expression, **{"variables.tf": VARIABLES})
    assert told == expected or (told, expected) == ("list", "tuple")


@pytest.mark.parametrize("expression", NOT_KNOWN)
def test_of_what_nothing_declares_no_type_is_told(expression: str) -> None:
    assert type_of(expression, **{"variables.tf": VARIABLES}) is None


def test_a_file_of_json_declares_types_too() -> None:
    assert type_of("var.port", **{"variables.tf.json": '{"variable": {"port": {"type": "number"}}}'}) == "number"


@pytest.mark.parametrize("text", ['variable "port" { type = number', "variable \xe4 {{{", 'variable "port" { type = }'])
def test_a_file_that_is_not_terraform_declares_nothing(text: str) -> None:
    assert type_of("var.port", **{"variables.tf": text}) is None


@pytest.mark.parametrize(
    "text", ["numbr", "list()", "object({a})", "map(number) x", "list(" * 90 + ")" * 90, "number(1)", "1"]
)
def test_what_is_no_type_constraint_tells_nothing(text: str) -> None:
    assert read_constraint(tokens(text)) is None


@needs_terraform
def test_terraform_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "variables.tf").write_text(VARIABLES.replace('"string"', "string"), "utf-8")
    (tmp_path / "terraform.tfvars").write_text(VALUES, "utf-8")
    values = values_in_json(tmp_path, list(TOLD))
    assert {one: IN_JSON[type(value)] for one, value in zip(TOLD, values, strict=True)} == {
        one: WITHOUT_DIFFERENCE.get(name, name) for one, name in TOLD.items()
    }


def test_every_type_of_the_provider_is_a_type_constraint() -> None:
    types = {type_ for schema in aws().types.values() for type_ in schema.types.values()}
    assert {"number", "bool", "list(string)", "map(string)"} <= types
    assert all(read_constraint(tokens(type_)) for type_ in types)
