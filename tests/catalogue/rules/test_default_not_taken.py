"""A default that no service can use is told, whatever its value is."""

from __future__ import annotations

import pytest

from generator.catalogue.read import read
from generator.source.source import Source
from tests.support.rendering import SMALL

TASK = SMALL.replace("kind: worker", "kind: task")


def warnings(catalogue: str, defaults: str) -> list[str]:
    text = catalogue.replace("services:\n", f"defaults: {{{defaults}}}\nservices:\n")
    return [str(warning) for warning in read(Source(text, "services.yaml"))[1]]


@pytest.mark.parametrize("written", ["desired_count: 2", "desired_count: 1", "execute_command: true", "enabled: true"])
def test_a_default_that_no_kind_has_is_told_whatever_it_says(written: str) -> None:
    key, _, _ = written.partition(":")
    assert warnings(TASK, written) == [
        f"services.yaml:5:12: warning: defaults.{key}: it has no effect: "
        "no kind of service in this catalogue has this key; remove it"
    ]


@pytest.mark.parametrize("written", ["cpu: 256", "desired_count: 1", "desired_count: null", ""])
def test_a_default_that_a_kind_has_or_that_is_not_set_is_good(written: str) -> None:
    assert warnings(SMALL, written) == []


def test_a_null_of_no_kind_is_not_set() -> None:
    assert warnings(TASK, "desired_count: null") == []
