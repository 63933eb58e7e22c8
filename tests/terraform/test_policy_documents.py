"""Policies of `data.aws_iam_policy_document`, held against those that the real provider makes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from generator.aws.policy import in_one_form
from generator.changes.policies import PolicyScope
from generator.hcl.evaluated import Json
from generator.hcl.nodes import nodes_of
from tests.terraform.conftest import NewStack

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]

NUMBER = 60
"""Documents of random statements."""

ACTIONS = ["s3:GetObject", "s3:*", "ecs:RunTask", "iam:PassRole", "*"]
RESOURCES = ["*", "arn:aws:s3:::shop/*", "arn:aws:s3:::&{aws:username}", "arn:aws:iam::1:role/${local.name}"]
PRINCIPALS = [
    ("AWS", ["arn:aws:iam::111111111111:root", "*"]),
    ("Service", ["ecs.amazonaws.com", "ec2.amazonaws.com"]),
    ("*", ["*"]),
    ("Federated", ["cognito-identity.amazonaws.com"]),
]
TESTS = ["StringEquals", "StringLike", "Bool"]
VARIABLES = ["aws:username", "aws:SecureTransport", "s3:prefix"]


def lists(values: list[str]) -> str:
    return json.dumps(values)


def statement(random: Random, sid: str) -> str:
    """Return a block of random parts, each of which the provider takes."""
    return "statement {\n" + "\n".join(f"  {line}" for line in _lines(random, sid)) + "\n}\n"


def _lines(random: Random, sid: str) -> Iterator[str]:
    if sid and random.random() < 0.6:
        yield f'sid = "{sid}"'
    if random.random() < 0.4:
        yield f'effect = "{random.choice(["Allow", "Deny"])}"'
    yield f"{random.choice(['actions', 'not_actions'])} = {lists(random.choices(ACTIONS, k=random.randint(1, 3)))}"
    if random.random() < 0.8:
        name = random.choice(["resources", "not_resources"])
        yield f"{name} = {lists(random.choices(RESOURCES, k=random.randint(1, 3)))}"
    kind = random.choice(["principals", "not_principals"])
    for type_, identifiers in random.sample(PRINCIPALS, k=random.choice([0, 0, 1, 2, 3])):
        yield f'{kind} {{\n type = "{type_}"\n identifiers = {lists(identifiers[: random.randint(1, 2)])}\n}}'
    for _ in range(random.choice([0, 0, 1, 2])):
        values = lists(random.choices(["a", "true", "&{aws:username}", "${local.name}"], k=random.randint(1, 2)))
        yield (
            f'condition {{\n test = "{random.choice(TESTS)}"\n variable = "{random.choice(VARIABLES)}"\n'
            f" values = {values}\n}}"
        )


def document(random: Random, number: int) -> str:
    """Return a document that may be made of others before it."""
    lines = [statement(random, f"S{random.randint(0, 3)}x{index}") for index in range(random.randint(0, 3))]
    if random.random() < 0.3:
        lines.insert(0, f'version = "{random.choice(["2008-10-17", "2012-10-17"])}"\n')
    if random.random() < 0.3:
        lines.insert(0, f'policy_id = "id-{number}"\n')
    if number and random.random() < 0.6:
        name = random.choice(["source_policy_documents", "override_policy_documents"])
        lines.append(f"{name} = [data.aws_iam_policy_document.d{random.randrange(number)}.json]\n")
    body = "".join(lines)
    if "2008-10-17" in body:  # that version has no policy variables
        body = body.replace("&{aws:username}", "x")
    address = f"data.aws_iam_policy_document.d{number}"
    return (
        f'data "aws_iam_policy_document" "d{number}" {{\n{body}}}\n\n'
        f'output "d{number}" {{\n  value = {address}.json\n}}\n'
    )


def sorted_lists(value: Any) -> Any:
    """Return a policy with the order taken out of it that has no meaning."""
    if isinstance(value, dict):
        return {name: sorted_lists(member) for name, member in value.items()}
    if not isinstance(value, list):
        return value
    return sorted(map(sorted_lists, value), key=lambda one: json.dumps(one, sort_keys=True))


def test_a_document_makes_the_policy_that_the_provider_makes(new_stack: NewStack) -> None:
    random = Random(1)  # noqa: S311 - the same documents each time
    text = 'locals {\n  name = "shop"\n}\n\n' + "\n".join(document(random, number) for number in range(NUMBER))
    planned = new_stack().plan({"main.tf": text})["planned_values"]["outputs"]["generated"]["value"]
    scope = PolicyScope(nodes_of([text]))
    for number in range(NUMBER):
        ours = scope.find(("data", "aws_iam_policy_document", f"d{number}", "json"))
        assert isinstance(ours, Json), number
        real = json.loads(planned[f"d{number}"])
        assert sorted_lists(in_one_form(ours.value)) == sorted_lists(in_one_form(real)), number
