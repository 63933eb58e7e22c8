"""A use is one file and one template, as `CONTRIBUTING.md` has it: everything that looks at services finds it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import find, settings

from generator.catalogue.uses import all_uses
from tests.support import strategies
from tests.support.contributing import Steps
from tests.support.project import RunTfgen
from tests.support.rendering import catalogue_of, dumped
from tests.support.repository import Repository

STEPS = Steps("Adding a use")
TOPIC = "    topic: true\n    topic_title: News of the shop\n"


@pytest.fixture
def project(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A catalogue with a topic, committed without it, while the new use is there."""
    with STEPS.done(repository.root, tmp_path_factory.mktemp("uses")):
        STEPS.write_catalogue(repository.root, TOPIC, "")
        repository.commit()
        STEPS.write_catalogue(repository.root)
        yield repository.root


def told(run_tfgen: RunTfgen, project: Path, *arguments: str) -> str:
    result = run_tfgen(*arguments, cwd=project)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_it_renders_its_block_and_its_permission(project: Path, run_tfgen: RunTfgen) -> None:
    told(run_tfgen, project, "render")
    rendered = (project / "expected/main.tf").read_text("utf-8")
    assert '  name         = "shop-press"\n  display_name = "News of the shop"\n' in rendered
    assert '"sns:Publish"' in rendered
    assert "aws_sns_topic.press.arn" in rendered


def test_tfgen_prints_what_is_shown(project: Path, run_tfgen: RunTfgen) -> None:
    STEPS.assert_prints(project, run_tfgen)


def test_changes_and_report_tell_of_it(project: Path, run_tfgen: RunTfgen) -> None:
    changes = json.loads(told(run_tfgen, project, "changes", "--format", "json"))
    text = json.dumps(changes)
    assert '"topic"' in text
    assert "module.shop.aws_sns_topic.press" in text
    assert "sns:Publish" in text
    report = told(run_tfgen, project, "report")
    assert "- [ ] Somebody listens to the topic `shop-press`" in report
    assert "`module.shop.aws_sns_topic.press`" in report


def test_blame_leads_to_its_setting(project: Path, run_tfgen: RunTfgen) -> None:
    told(run_tfgen, project, "render")
    lines = (project / "expected/main.tf").read_text("utf-8").splitlines()
    number = lines.index('  display_name = "News of the shop"') + 1
    assert "services.press.topic_title" in told(run_tfgen, project, "blame", f"expected/main.tf:{number}")


def test_the_schema_knows_it_in_services_and_in_defaults(project: Path, run_tfgen: RunTfgen) -> None:
    schema = json.loads(told(run_tfgen, project, "schema"))
    of_kinds = schema["properties"]["services"]["additionalProperties"]["oneOf"]
    parts = [*(kind for kind in of_kinds if "image" in kind.get("properties", ())), schema["properties"]["defaults"]]
    assert all(
        part["properties"]["topic"]["description"] == "Whether there is a topic that the tasks publish to."
        for part in parts
    )


def test_random_catalogues_have_it_and_are_good(project: Path) -> None:
    def has_topic(catalogue: strategies.Tree) -> bool:
        catalogue_of(dumped(catalogue))
        return any("topic" in service for service in catalogue["services"].values())

    assert find(strategies.catalogues(), has_topic, settings=settings(max_examples=2000, database=None))


def test_what_nobody_uses_is_not_there(project: Path, run_tfgen: RunTfgen) -> None:
    STEPS.write_catalogue(project, TOPIC, "")
    told(run_tfgen, project, "render")
    assert "sns" not in (project / "expected/main.tf").read_text("utf-8")


def test_each_use_has_a_place_of_its_own_among_all() -> None:
    positions = [use.position for use in all_uses()]
    assert len(set(positions)) == len(positions)
