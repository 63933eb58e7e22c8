"""A module's files as a graph: which nodes there are, under which addresses, and what they hold."""

from __future__ import annotations

import pytest

from generator.hcl.nodes import Nodes, nodes_of
from generator.hcl.values import Expression

PROGRAMS = """\
resource "terraform_data" "a" {
  connection {
    host = self.id
  }

  provisioner "local-exec" {
    command = "true"
    when    = destroy
  }

  provisioner "file" {
    source = local.b

    connection {
      host = "h"
    }
  }

  provisioner "local-exec" {
    command = "false"
  }
}
"""


def nodes(*texts: str) -> Nodes:
    return nodes_of(texts)


def test_provisioners_keep_their_names_and_their_order() -> None:
    node = nodes(PROGRAMS)["terraform_data.a"]

    assert node.blocks("provisioner") == [
        {"local-exec": {"command": "true", "when": Expression("destroy")}},
        {"file": {"source": Expression("local . b"), "connection": [{"host": "h"}]}},
        {"local-exec": {"command": "false"}},
    ]
    assert node.blocks("connection") == [{"host": Expression("self . id")}]
    assert [reference.address for reference in node.references["provisioner"]] == ["local.b"]


def test_a_block_with_two_labels_is_told_by_both() -> None:
    found = nodes('check "a" {\n  data "aws_b" "c" {\n    d = 1\n  }\n}\n')

    assert found["check.a"].blocks("data") == [{"aws_b": {"c": {"d": 1}}}]


def test_a_dynamic_block_is_told_by_the_blocks_that_it_writes() -> None:
    found = nodes('resource "aws_a" "b" {\n  dynamic "c" {\n    for_each = [1]\n  }\n  c {\n    d = 1\n  }\n}\n')

    assert found["aws_a.b"].blocks("c") == [{"for_each": [1]}, {"d": 1}]
    assert found["aws_a.b"].blocks("d") == []


def test_what_is_no_block_is_none() -> None:
    found = nodes('resource "aws_a" "b" {\n  c = "d"\n  e = ["f"]\n}\n')

    assert found["aws_a.b"].blocks("c") == found["aws_a.b"].blocks("e") == []


def test_a_data_source_within_a_check_is_a_node_as_well() -> None:
    found = nodes(
        'check "a" {\n  data "aws_b" "c" {\n    d = 1\n  }\n}\nresource "aws_e" "f" {\n  data "g" "h" {}\n}\n'
    )

    assert found.keys() == {"check.a", "data.aws_b.c", "aws_e.f"}
    assert found["data.aws_b.c"].line == 2


@pytest.mark.parametrize("type_", ["moved", "import", "removed"])
def test_what_has_no_address_is_no_node(type_: str) -> None:
    assert nodes(f"{type_} {{\n  to = aws_a.b\n}}\n") == {}


def test_providers_are_told_apart_by_their_alias_and_nothing_else_is() -> None:
    found = nodes('provider "aws" {}\nprovider "aws" {\n  alias = "x"\n}\nresource "aws_a" "b" {\n  alias = "y"\n}\n')

    assert found.keys() == {"provider.aws", "provider.aws.x", "aws_a.b"}


def test_the_settings_of_several_files_are_one_node() -> None:
    found = nodes("terraform {\n  a = 1\n  b = var.c\n}\n", "terraform {\n  d {\n    e = var.f\n  }\n}\n")

    assert found["terraform"].arguments == {"a": 1, "b": Expression("var . c"), "d": [{"e": Expression("var . f")}]}
    assert [reference.address for reference in found["terraform"].read] == ["var.c", "var.f"]


def test_a_line_is_that_of_the_block_or_of_the_local() -> None:
    found = nodes('\nlocals {\n  a = 1\n\n  b = 2\n}\n\nresource "aws_c" "d" {\n}\n')

    assert {address: node.line for address, node in found.items()} == {"local.a": 3, "local.b": 5, "aws_c.d": 8}
