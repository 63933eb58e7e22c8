"""An empty value of a variable is warned about: Fargate leaves the variable out."""

from __future__ import annotations

import pytest

from generator.catalogue.read import read
from generator.source.source import Source
from tests.support.rendering import SMALL


def warnings(environment: str, defaults: str = "{}") -> list[str]:
    text = SMALL.replace("services:", f"defaults: {{environment: {defaults}}}\nservices:")
    return [str(problem) for problem in read(Source(f"{text}    environment: {environment}\n", "services.yaml"))[1]]


TOLD = "Fargate leaves out a variable with an empty value: the container does not get it; write a value, or remove it"


@pytest.mark.parametrize("environment", ['{A: ""}', "{A: ''}"])
def test_an_empty_value_is_warned_about_where_it_is_written(environment: str) -> None:
    assert warnings(environment) == [f"services.yaml:10:22: warning: services.mail.environment.A: {TOLD}"]


def test_an_inherited_one_is_told_of_in_the_defaults() -> None:
    assert warnings("{B: b}", "{A: ''}") == [f"services.yaml:5:29: warning: defaults.environment.A: {TOLD}"]


@pytest.mark.parametrize("environment", ['{A: " "}', "{A: null}", "{A: '${var.a}'}", "{A: 0}", "{A: '${\"\"}'}"])
def test_what_may_not_be_empty_or_is_not_there_is_not(environment: str) -> None:
    assert warnings(environment, "{A: a}") == []
