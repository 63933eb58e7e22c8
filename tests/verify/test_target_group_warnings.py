"""A target group of the module whose targets are not addresses is warned about: ECS refuses it for Fargate."""

from __future__ import annotations

import json

import pytest

from tests.support.project import Project
from tests.support.rendering import CATALOGUE

GROUP = 'resource "aws_lb_target_group" "web" {\n  port = 80\n%s}\n'
INSTANCES = '  target_type = "instance"\n'


def told(project: Project, group: str, target_group: str = "web", **more: str) -> list[str]:
    """Return what a check says of a backend behind a target group of the module."""
    balanced = f"backend, port: 80, load_balancer: {{target_group: '{target_group}'}},"
    project.says(CATALOGUE.replace("worker,", balanced))
    project.out.mkdir()
    for name, text in {"alb.tf": f"# By hand.\n{group}", **more}.items():
        (project.out / name).write_text(text, encoding="utf-8")
    assert project.run("render").exit_code == 0
    return [line for line in project.run("check").stderr.splitlines() if "target_type" in line]


@pytest.mark.parametrize("target_group", ["web", "${aws_lb_target_group.web.arn}"])
@pytest.mark.parametrize(
    ("argument", "type_"), [(INSTANCES, "instance"), ("", "instance"), ('  target_type = "lambda"\n', "lambda")]
)
def test_targets_that_are_not_addresses_are_warned_about(
    project: Project, argument: str, type_: str, target_group: str
) -> None:
    what = f"its target_type is {type_}, and ECS refuses it for a service on Fargate"
    assert told(project, GROUP % argument, target_group) == [
        f'out/alb.tf:2:1: warning: aws_lb_target_group.web: {what}; write `target_type = "ip"` in it'
    ]


@pytest.mark.parametrize("argument", ['  target_type = "ip"\n', "  target_type = var.type\n", "  target_type = null\n"])
def test_addresses_and_what_terraform_alone_knows_are_not(project: Project, argument: str) -> None:
    assert told(project, GROUP % argument + 'variable "type" {}\n') == []


def test_a_target_group_of_no_service_is_not(project: Project) -> None:
    other = GROUP.replace("web", "other") % INSTANCES
    assert told(project, GROUP % '  target_type = "ip"\n' + other) == []


def test_what_an_override_file_may_change_is_not(project: Project) -> None:
    assert told(project, GROUP % INSTANCES, **{"alb_override.tf": GROUP % '  target_type = "ip"\n'}) == []


def test_it_is_told_of_in_json_too(project: Project) -> None:
    group = json.dumps({"resource": {"aws_lb_target_group": {"web": {"target_type": "instance"}}}}, indent=1)
    (line,) = told(project, "", **{"alb.tf.json": group})
    assert line.startswith("out/alb.tf.json:4:")
