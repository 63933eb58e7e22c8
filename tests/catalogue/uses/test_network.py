"""How many subnets and security groups AWS takes."""

from __future__ import annotations

import pytest

from generator.catalogue.read import read
from generator.errors import CatalogueError
from generator.source.source import Source
from tests.support.rendering import SMALL


def severities(kind: str, setting: str, items: list[str]) -> list[str]:
    """Return how severe each problem is, with `setting` as the key of a list of items."""
    own = "    schedule: rate(1 hour)\n" if kind == "job" else ""
    listed = ", ".join(f'"{item}"' for item in items)
    text = f"{SMALL.replace('worker', kind)}{own}    {setting}: [{listed}]\n"
    try:
        problems = read(Source(text, "services.yaml"))[1]
    except CatalogueError as error:
        problems = [*error.problems]
    assert all(f"services.mail.{setting}: " in str(problem) for problem in problems)
    return [problem.severity for problem in problems]


def some(count: int) -> list[str]:
    return [f"id-{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("kind", "setting", "items", "expected"),
    [
        ("worker", "security_groups", some(5), []),
        ("worker", "security_groups", some(6), ["warning"]),
        ("task", "security_groups", some(16), ["warning"]),
        ("task", "security_groups", some(17), ["error"]),
        ("job", "security_groups", some(5), []),
        ("job", "security_groups", some(6), ["error"]),
        ("worker", "security_groups", [*some(5), *some(5)], []),
        ("worker", "security_groups", [*some(5), "${var.a}", "${var.b}"], []),
        ("worker", "subnets", some(16), []),
        ("worker", "subnets", some(17), ["error"]),
        ("job", "subnets", [*some(16), *some(16), "${var.a}"], []),
    ],
)
def test_more_than_aws_takes_is_told(kind: str, setting: str, items: list[str], expected: list[str]) -> None:
    assert severities(kind, setting, items) == expected
