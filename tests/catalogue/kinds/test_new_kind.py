"""A kind is one file and a folder of templates, as `CONTRIBUTING.md` has it: all else finds it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import find, settings

from tests.support import strategies
from tests.support.contributing import Steps
from tests.support.project import RunTfgen
from tests.support.rendering import catalogue_of, dumped

STEPS = Steps("Adding a kind")


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A catalogue of the new kind, while that is there."""
    with STEPS.done(tmp_path, tmp_path_factory.mktemp("kinds")):
        yield tmp_path


def test_tfgen_prints_what_is_shown(project: Path, run_tfgen: RunTfgen) -> None:
    STEPS.assert_prints(project, run_tfgen)


def test_it_renders_its_port_and_an_ecs_service(project: Path, run_tfgen: RunTfgen) -> None:
    assert run_tfgen("render", cwd=project).exit_code == 0
    rendered = (project / "expected/main.tf").read_text("utf-8")
    assert rendered.count('protocol      = "udp"') == rendered.count("containerPort = 8125") == 1
    assert 'resource "aws_ecs_service" "metrics" {' in rendered
    assert run_tfgen("check", cwd=project).exit_code == 0


def test_the_schema_knows_it_and_no_default_has_its_port(project: Path, run_tfgen: RunTfgen) -> None:
    schema = json.loads(run_tfgen("schema", cwd=project).stdout)
    kinds = schema["properties"]["services"]["additionalProperties"]["oneOf"]
    (collector,) = (
        kind for kind in kinds if "properties" in kind and kind["properties"]["kind"]["const"] == "collector"
    )
    assert collector["properties"]["port"]["description"] == "UDP port that the container listens on."
    assert "port" in collector["required"]
    assert "load_balancer" not in collector["properties"]
    assert "port" not in schema["properties"]["defaults"]["properties"]


def test_a_message_lists_it_among_the_kinds(project: Path, run_tfgen: RunTfgen) -> None:
    STEPS.write_catalogue(project, "    kind: collector\n", "")
    message = run_tfgen("check", cwd=project).stderr
    assert message.startswith("services.yaml:8:3: services.metrics.kind: it is missing; add `kind:` with backend, ")
    assert "collector" in message


def test_its_case_has_its_name() -> None:
    assert STEPS.case == Path("tests/cases/collector/services.yaml")


def test_random_catalogues_have_it_and_are_good(project: Path) -> None:
    def has_collector(catalogue: strategies.Tree) -> bool:
        catalogue_of(dumped(catalogue))
        return any(service["kind"] == "collector" for service in catalogue["services"].values())

    assert find(strategies.catalogues(), has_collector, settings=settings(max_examples=2000, database=None))
