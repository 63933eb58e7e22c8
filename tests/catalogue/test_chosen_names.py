"""Names that a catalogue chooses: which one holds, what refers to it, and which commands know it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.aws.resource_types import RESOURCE_TYPES
from generator.catalogue.chosen_names import NamePattern
from generator.catalogue.kinds import all_kinds
from generator.catalogue.names import NAMES
from generator.errors import Rejection
from generator.settings.parts import known_settings
from tests.support.project import Project, RunTfgen
from tests.support.rendering import catalogue_of, dumped
from tests.support.repository import Repository

HEAD = """\
version: 1
project: shop
module: {path: out, address: root}
network: {subnets: [subnet-1], security_groups: [sg-1]}
"""
LAYERED = (
    HEAD
    + """\
names:
  service: top-${tfgen.service}
  family: top-${tfgen.key}
  container: top
defaults:
  image: busybox:1
  names: {family: "defaults-${tfgen.service}", schedule: "${tfgen.service}-timer"}
services:
  mail_all:
    kind: worker
    names: {container: mail}
  report: {kind: job, schedule: rate(1 day)}
  web: {kind: backend, port: 80, names: {service: website}}
"""
)

PATTERN = "${local.prefix}-${tfgen.service}"
NAMED = HEAD + (
    f"names: {{service: '{PATTERN}', role: '{PATTERN}', log_group: '/ecs/{PATTERN}'}}\n"
    "services:\n"
    '  mail: {kind: worker, image: "busybox:1", role: own, queue: mails}\n'
)
LOCALS = 'variable "stage" {}\n\nlocals {\n  prefix = "shop-${var.stage}"\n}\n'


def test_a_service_lies_over_defaults_and_defaults_over_the_top() -> None:
    services = catalogue_of(LAYERED).services
    assert {key: (one.names.service, one.names.family, one.names.container) for key, one in services.items()} == {
        "mail_all": ("top-mail-all", "defaults-mail-all", "mail"),
        "report": ("shop-report-service", "defaults-report", "top"),
        "web": ("website", "defaults-web", "top"),
    }


def test_a_kind_takes_over_the_names_of_what_it_has() -> None:
    services = catalogue_of(LAYERED).services
    assert {key: sorted(one.names.chosen) for key, one in services.items()} == {
        "mail_all": ["container", "family", "service"],
        "report": ["container", "family", "schedule"],
        "web": ["container", "family", "service"],
    }


def test_addresses_stay() -> None:
    plain = yaml.safe_load(LAYERED)
    for part in (plain, plain["defaults"], *plain["services"].values()):
        part.pop("names", None)
    named, unnamed = (catalogue_of(text).main_blocks for text in (LAYERED, dumped(plain)))
    assert [one.address for one in named] == [one.address for one in unnamed]


def test_each_name_of_a_block_can_be_chosen() -> None:
    """For whatever has a name in AWS there is a key, or it has one of its own: the cluster, images."""
    full = 'role: own, execution_role: own, queue: mails, image: "busybox:1", names: {NAMES}'
    kinds = {"backend": "port: 80", "worker": "tags: {}", "job": "schedule: rate(1 day)", "task": "tags: {}"}
    for kind, more in kinds.items():
        keys = known_settings(known_settings(all_kinds()[kind])[NAMES].type.model)  # type: ignore[attr-defined]
        names = ", ".join(f"{key}: chosen-{key.replace('_', '-')}" for key in keys if key not in _NOT_IN_EACH)
        text = f"{HEAD}services:\n  one: {{kind: {kind}, {more}, {full.replace('NAMES', names)}}}\n"
        service = catalogue_of(text).services["one"]
        unchosen = [one.address for one in service.blocks() if one.name and not one.name.startswith("chosen-")]
        assert unchosen == [], kind


_NOT_IN_EACH = ("security_group", "target_group")
"""What a service has only where a key of its own says so."""


@pytest.mark.parametrize(
    ("type_", "taken", "refused"),
    [
        ("aws_ecs_service", "a-Z_9", "a.b"),
        ("aws_cloudwatch_log_group", "/a/b.c#d_e-f", "a:b"),
        ("aws_iam_role", "a+b=c,d.e@f-g_h", "a/b"),
        ("aws_scheduler_schedule", "a-b_c.d", "a/b"),
    ],
)
def test_a_name_has_the_characters_that_its_type_takes(type_: str, taken: str, refused: str) -> None:
    limit = RESOURCE_TYPES[type_].name_limit
    assert limit
    pattern = NamePattern(limit)
    assert pattern.read(taken) == taken
    assert pattern.read(f"${{var.a}}{taken}") == f"${{var.a}}{taken}"
    for wrong in (refused, f"${{var.a}}{refused}", f"{taken} ", "ä"):
        with pytest.raises(Rejection, match="AWS does not take"):
            pattern.read(wrong)


@pytest.fixture
def named(project: Project) -> Project:
    project.out.mkdir()
    (project.out / "locals.tf").write_text(LOCALS, "utf-8")
    project.says(NAMED)
    return project.rendered()


def line_of(path: Path, text: str) -> int:
    return path.read_text("utf-8").split("\n").index(text) + 1


def test_blame_leads_to_the_pattern(named: Project) -> None:
    number = line_of(named.main, '  name            = "${local.prefix}-mail"')
    assert "services.yaml:5:18 names.service" in named.run("blame", f"out/main.tf:{number}").stdout


def test_blame_leads_to_the_name_of_the_service_itself(named: Project) -> None:
    named.says(NAMED.replace("queue: mails", 'queue: mails, names: {service: "post-${var.stage}"}'))
    number = line_of(named.rendered().main, '  name            = "post-${var.stage}"')
    assert "services.mail.names.service" in named.run("blame", f"out/main.tf:{number}").stdout


def test_commands_tell_what_a_name_comes_to_as_far_as_that_is_known(named: Project) -> None:
    assert "/ecs/shop-${var.stage}-mail" in named.run("graph").stdout
    assert "  names:\n    service: ${local.prefix}-mail\n" in named.run("show", "mail").stdout


def test_a_name_that_is_literal_is_told_without_a_look_at_the_blocks(named: Project) -> None:
    named.says(NAMED.replace("${local.prefix}", "legacy"))
    assert "/ecs/legacy-mail" in named.rendered().run("graph").stdout


def test_another_name_replaces_what_aws_cannot_rename(repository: Repository, run_tfgen: RunTfgen) -> None:
    repository.commit(**{"services.yaml": NAMED, "out/locals.tf": LOCALS})
    repository.write("services.yaml", NAMED.replace("/ecs/", "/log/").replace("service: '", "service: 'x-"))

    told = json.loads(run_tfgen("changes", "--format", "json", cwd=repository.root).stdout)

    blocks = {one["address"]: one["meaning"] for part in told["parts"] for one in part["blocks"]}
    assert blocks["aws_ecs_service.mail"] == "replacement"
    assert blocks["aws_cloudwatch_log_group.mail"] == "data loss"
    assert "aws_iam_role.task_mail" not in blocks
    fields = [one["key"] for part in told["parts"] for one in part["fields"]]
    assert fields == ["names.service", "names.log_group"] * 2, "of the module, and of the service that takes them over"


def test_a_description_is_an_argument_of_each_block_that_has_one(project: Project) -> None:
    """There is no key for it: `terraform` says it, of one role or of all."""
    project.says(
        HEAD
        + """\
terraform:
  aws_iam_role: {description: A role of the shop}
  aws_iam_role.task: {description: What tasks may do}
  aws_iam_policy: {description: Reads secrets}
services:
  report:
    kind: job
    schedule: rate(1 day)
    image: busybox:1
    role: own
    execution_role: own
    terraform:
      aws_iam_role.schedule_report: {description: Starts the report}
      aws_scheduler_schedule: {description: Each day}
  mail: {kind: worker, image: "busybox:1", secrets: {TOKEN: "${var.arn}"}}
"""
    )
    project.out.mkdir()
    (project.out / "v.tf").write_text('variable "arn" {}\n', "utf-8")

    text = project.rendered().main.read_text("utf-8")

    blocks = re.findall(r'resource "(\w+)" "(\w+)" \{(.*?)\n\}', text, re.DOTALL)
    said = {f"{one}.{name}": re.findall(r'description += "(.*)"', body) for one, name, body in blocks}
    assert {address: words for address, words in said.items() if words} == {
        "aws_iam_role.task_execution": ["A role of the shop"],
        "aws_iam_policy.task_execution_secrets": ["Reads secrets"],
        "aws_iam_role.task": ["What tasks may do"],
        "aws_iam_role.task_report": ["A role of the shop"],
        "aws_iam_role.task_execution_report": ["A role of the shop"],
        "aws_iam_role.schedule_report": ["Starts the report"],
        "aws_scheduler_schedule.report": ["Each day"],
    }
