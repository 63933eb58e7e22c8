"""A use is one file and one template: everything that looks at services finds it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import find, settings

from generator.catalogue import uses
from generator.catalogue.kinds import all_kinds
from generator.catalogue.model import defaults_of_all_kinds
from generator.catalogue.uses import all_uses
from tests.support import strategies
from tests.support.project import RunTfgen
from tests.support.rendering import SMALL
from tests.support.repository import Repository

USE = '''\
"""The topic that a service's tasks publish to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.blocks import Block
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Drawn, Rule, Use
from generator.settings.breach import Breach
from generator.settings.parts import setting
from generator.settings.values import Word


def _no_topic_is_called_test(service: TopicUse, shared: Shared) -> Iterator[Breach]:
    if service.topic == "test":
        yield Breach(("topic",), "it is a topic of tests", "name another one")


class TopicUse(Use):
    """An SNS topic."""

    position = 85
    template = "topic"
    draws = "topic"
    columns = (Column(65, "TOPIC", lambda service, _: service.topic),)
    rules = (Rule("topic-of-tests", frozenset({"topic"}), "this test", _no_topic_is_called_test),)

    topic: str | None = setting(Word("[a-z]+", "use lower-case letters"), "Topic to publish to.", default=None)

    @property
    def topic_address(self) -> str:
        return f"aws_sns_topic.{self.names.terraform}"

    def own_blocks(self) -> Iterator[Block]:
        if self.topic:
            yield Block(self.topic_address, self.entry("topic"), self.topic)

    def grants(self) -> Iterator[Statement]:
        if self.topic:
            yield Statement(("sns:Publish",), (f"${{{self.topic_address}.arn}}",))

    def checks(self, shared: Shared) -> Iterator[Check]:
        if self.topic:
            yield Check("Somebody listens to the topic {}", (self.topic,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        if self.topic:
            yield Drawn(TopicUse.draws, self.topic, self.topic, "topic", ("publishes to",))
'''

TEMPLATE = """\
{% if service.topic %}
resource "aws_sns_topic" "{{ service.names.terraform }}" {
  name = {{ service.topic | hcl }}
}
{% endif %}
"""

TOPIC = SMALL + "    topic: news\n"


def forget_what_was_found() -> None:
    for found in (all_uses, all_kinds, defaults_of_all_kinds, strategies._drawn):
        found.cache_clear()


@pytest.fixture
def project(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A committed catalogue beside the new use's template, while the use is there."""
    folder = tmp_path_factory.mktemp("uses")
    (folder / "topic.py").write_text(USE, "utf-8")
    template = repository.root / "templates/service/topic.tf.j2"
    template.parent.mkdir(parents=True)
    template.write_text(TEMPLATE, "utf-8")
    (repository.root / "services.yaml").write_text(SMALL, "utf-8")
    repository.commit()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uses, "__path__", [*uses.__path__, str(folder)])
        forget_what_was_found()
        yield repository.root
    forget_what_was_found()


def edited(project: Path, catalogue: str = TOPIC) -> Path:
    (project / "services.yaml").write_text(catalogue, "utf-8")
    return project


def told(run_tfgen: RunTfgen, project: Path, *arguments: str) -> str:
    result = run_tfgen(*arguments, cwd=project)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_it_renders_its_block_and_its_permission(project: Path, run_tfgen: RunTfgen) -> None:
    told(run_tfgen, edited(project), "render")
    rendered = (project / "out/main.tf").read_text("utf-8")
    assert 'resource "aws_sns_topic" "mail" {\n  name = "news"\n}\n' in rendered
    assert '    actions   = ["sns:Publish"]' in rendered or '"sns:Publish"' in rendered
    assert "aws_sns_topic.mail.arn" in rendered


def test_show_and_list_tell_of_it(project: Path, run_tfgen: RunTfgen) -> None:
    shown = told(run_tfgen, edited(project), "show", "mail")
    assert "  topic: news\n" in shown
    assert "module.shop.aws_sns_topic.mail " in shown
    header, line = told(run_tfgen, project, "list").splitlines()
    assert "TOPIC" in header.split()
    assert "news" in line.split()


def test_changes_and_report_tell_of_it(project: Path, run_tfgen: RunTfgen) -> None:
    changes = json.loads(told(run_tfgen, edited(project), "changes", "--format", "json"))
    text = json.dumps(changes)
    assert '"topic"' in text
    assert "module.shop.aws_sns_topic.mail" in text
    assert "sns:Publish" in text
    report = told(run_tfgen, project, "report")
    assert "- [ ] Somebody listens to the topic `news`" in report
    assert "`module.shop.aws_sns_topic.mail`" in report


def test_the_graph_draws_it(project: Path, run_tfgen: RunTfgen) -> None:
    drawn = told(run_tfgen, edited(project), "graph")
    assert '  topic_1["news<br/>topic"]' in drawn
    assert '  service_mail -->|"publishes to"| topic_1' in drawn


def test_blame_leads_to_its_setting(project: Path, run_tfgen: RunTfgen) -> None:
    told(run_tfgen, edited(project), "render")
    lines = (project / "out/main.tf").read_text("utf-8").splitlines()
    number = lines.index('  name = "news"') + 1
    assert "services.mail.topic" in told(run_tfgen, project, "blame", f"out/main.tf:{number}")


def test_the_schema_knows_it_in_services_and_in_defaults(project: Path, run_tfgen: RunTfgen) -> None:
    schema = json.loads(told(run_tfgen, project, "schema"))
    of_kinds = schema["properties"]["services"]["additionalProperties"]["oneOf"]
    parts = [*of_kinds, schema["properties"]["defaults"]]
    assert all(part["properties"]["topic"]["description"] == "Topic to publish to." for part in parts)


def test_its_values_are_checked_and_its_rules_are_tried(project: Path, run_tfgen: RunTfgen) -> None:
    for value, message in (
        ("News", "`News` is not a valid name; use lower-case letters"),
        ("test", "it is a topic of tests; name another one"),
    ):
        result = run_tfgen("check", cwd=edited(project, TOPIC.replace("news", value)))
        assert (result.exit_code, result.stderr) == (1, f"services.yaml:9:12: services.mail.topic: {message}\n")


def test_random_catalogues_have_it(project: Path) -> None:
    def has_topic(catalogue: strategies.Tree) -> bool:
        return any("topic" in service for service in catalogue["services"].values())

    found = find(strategies.catalogues(), has_topic, settings=settings(max_examples=2000, database=None))
    assert "topic" in yaml.safe_dump(found)


def test_what_nobody_uses_is_not_there(project: Path, run_tfgen: RunTfgen) -> None:
    told(run_tfgen, project, "render")
    assert "sns" not in (project / "out/main.tf").read_text("utf-8")
