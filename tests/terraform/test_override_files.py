"""Nested blocks that an override file replaces: only a provider's types have such, so the real one is the judge."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.overriding import merged
from tests.terraform.conftest import NewStack

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]

NAMES = ("untouched", "argument", "block", "block_of_json", "blocks_of_json", "blocks_of_two_files")


def document(name: str, body: str) -> str:
    return f'data "aws_iam_policy_document" "{name}" {{\n{body}\n}}\n'


def statement(sid: str) -> str:
    return f'statement {{\n  sid = "{sid}"\n  actions = ["sqs:{sid}"]\n}}\n'


def output(name: str) -> str:
    return f'output "{name}" {{\n  value = data.aws_iam_policy_document.{name}.json\n}}\n'


BASE = 'policy_id = "base"\n' + statement("One") + statement("Two")
OF_JSON = {"sid": "O", "actions": ["sqs:O"]}
OF_JSON_BY_NAME = {"block_of_json": OF_JSON, "blocks_of_json": [OF_JSON, OF_JSON | {"sid": "P"}]}
FILES = {
    "main.tf": "".join(document(name, BASE) + output(name) for name in NAMES),
    "override.tf": document("argument", 'policy_id = "o"') + document("block", statement("O")),
    "override.tf.json": json.dumps(
        {"data": {"aws_iam_policy_document": {name: {"statement": own} for name, own in OF_JSON_BY_NAME.items()}}}
    ),
    "a_override.tf": document("blocks_of_two_files", statement("A")),
    "b_override.tf": document("blocks_of_two_files", statement("B") + statement("C")),
}


def test_nested_blocks_are_replaced_as_terraform_replaces_them(new_stack: NewStack) -> None:
    planned = new_stack().plan(FILES)["planned_values"]["outputs"]["generated"]["value"]

    nodes = merged(FILES)
    for name in NAMES:
        policy, node = json.loads(planned[name]), nodes[f"data.aws_iam_policy_document.{name}"]
        statements: list[Any] = [(block["sid"], block["actions"]) for block in node.blocks("statement")]
        assert [(one["Sid"], [one["Action"]]) for one in policy["Statement"]] == statements, name
        assert policy["Id"] == node.arguments["policy_id"], name
