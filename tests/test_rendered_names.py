"""What things are called in AWS is what is rendered, whichever command tells it: a template may give other names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.rendering.render import built_in_templates
from tests.support.project import Project

CATALOGUE = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
images: {web: {repository: shop-web, tag: "1"}}
services:
  mail: {kind: worker, queue: shop-mail-service}
  digest: {kind: job, schedule: rate(1 hour), role: own}
  migrate: {kind: task}
"""

RENAMED = [
    ("module/cluster.tf.j2", "{{ catalogue.names.cluster | hcl }}", '"legacy-cluster"'),
    ("module/roles.tf.j2", "{{ catalogue.names.execution_role | hcl }}", '"legacy-execution"'),
    ("module/roles.tf.j2", "{{ catalogue.names.task_role | hcl }}", '"legacy-tasks"'),
    ("module/registry.tf.j2", "{{ image.repository | hcl }}", '"legacy/{{ image.repository }}"'),
    ("service/log_group.tf.j2", "{{ service.names.log_group | hcl }}", '"/${local.legacy}/{{ service.names.key }}"'),
    ("service/permissions.tf.j2", "{{ service.names.own_role | hcl }}", '"legacy-{{ service.names.key }}"'),
    ("service/service.tf.j2", "{{ service.names.service | hcl }}", '"${var.env}-{{ service.names.key }}"'),
    ("service/task_definition.tf.j2", "{{ service.names.family | hcl }}", '"legacy-{{ service.names.key }}"'),
    ("kinds/job/schedule.tf.j2", "{{ service.schedule_name | hcl }}", '"timer-{{ service.names.key }}"'),
]
"""Templates, what they write, and what own ones write instead."""


@pytest.fixture
def renamed(project: Project) -> Project:
    for name, written, instead in RENAMED:
        path = project.root / "templates" / name
        text = (path if path.exists() else built_in_templates() / name).read_text("utf-8")
        assert written in text, name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(written, instead), "utf-8")
    project.out.mkdir()
    (project.out / "legacy.tf").write_text('locals {\n  legacy = "old"\n}\n\nvariable "env" {}\n', "utf-8")
    project.says(CATALOGUE)
    return project


def test_show_tells_commands_with_the_names_that_are_rendered(renamed: Project) -> None:
    told = renamed.run("show", "migrate").stdout

    assert "--cluster legacy-cluster \\\n" in told
    assert "--task-definition legacy-migrate \\\n" in told
    assert "aws logs tail /old/migrate --since 1h" in told
    assert not re.search(r"shop-cluster|shop-migrate|/shop/migrate", told)


@pytest.mark.parametrize("output_format", ["mermaid", "dot", "svg", "html"])
def test_a_graph_has_the_names_that_are_rendered(renamed: Project, output_format: str) -> None:
    told = renamed.run("graph", "--format", output_format).stdout
    told, with_permissions = re.sub(r"(?m)^  .* on .*$", "", told), told  # a policy is told as it is rendered

    assert ("iam:PassRole on" in with_permissions) is (output_format == "html")
    for name in ("legacy-cluster", "legacy-execution", "legacy-tasks", "legacy-digest"):
        assert name in told
    for name in ("shop-cluster", "shop-ecs-task", "/shop/mail"):
        assert name not in told


def test_a_report_has_the_names_that_are_rendered(renamed: Project) -> None:
    (renamed.root / "before.yaml").write_text(CATALOGUE.replace("  mail: {kind: worker, ", "  post: {kind: worker, "))
    told = renamed.run("report", "--base-file", "before.yaml").stdout
    _, _, behind = told.partition("## Before the apply")

    assert "--services '${var.env}-mail' \\\n" in behind, "an expression is told as that"
    assert "--cluster legacy-cluster \\\n" in behind
    assert "aws logs tail /old/mail --follow" in behind
    assert "- [ ] The image `legacy/shop-web:1` is built and pushed" in behind
    assert "- [ ] The schedule `timer-digest` is enabled" in behind
    assert "- [ ] The queue `shop-mail-service` exists" in behind, "it is called like the service, and is none"
    assert "| `legacy-mail`" not in behind
    assert not re.search(r"shop-cluster|/shop/", behind)


def test_the_job_and_its_family_have_names_of_their_own(renamed: Project) -> None:
    (renamed.root / "before.yaml").write_text(CATALOGUE.replace("rate(1 hour)", "rate(2 hours)"))
    told = renamed.run("report", "--base-file", "before.yaml").stdout
    assert "aws scheduler get-schedule --name timer-digest" in told


def test_an_override_file_gives_a_name_too(project: Project, tmp_path: Path) -> None:
    project.says(CATALOGUE)
    project.out.mkdir()
    (project.out / "main_override.tf").write_text('resource "aws_ecs_cluster" "this" {\n  name = "other"\n}\n', "utf-8")
    assert "--cluster other \\\n" in project.run("show", "migrate").stdout
