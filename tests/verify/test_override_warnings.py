"""Override files that change what the catalogue renders are told of, in every format, and change no exit code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.project import UP_TO_DATE, Project, Result

IMAGE = """\
# The image of the week.

resource "aws_ecs_task_definition" "mail" {
  container_definitions = jsonencode([{ name = "mail", image = "busybox:2" }])
}
"""
WHERE = "out/image_override.tf:3:1"
CLUSTER = 'resource "aws_ecs_cluster" "this" { name = "a" }\n'
TAKES = "Terraform takes its {} from this file, not what the catalogue renders"
SET = "set that in the catalogue or in a template, or leave it here if you intend it"
RUNS = "Terraform runs the provisioner {}, which this file adds"
REMOVE = "remove it, or leave it here if you intend it"
WARNING = f"{WHERE}: warning: aws_ecs_task_definition.mail: {TAKES.format('container_definitions')}; {SET}"


def overridden(project: Project, text: str, name: str = "image_override.tf") -> Project:
    project.rendered()
    (project.out / name).write_text(text, encoding="utf-8")
    return project


def warnings(project: Project) -> list[tuple[str, str]]:
    """Return key and text of each warning."""
    report = json.loads(project.run("check", "--format", "json").stdout)
    assert report["exit_code"] == 0
    assert {problem["severity"] for problem in report["problems"]} <= {"warning"}
    return [(problem["key"], problem["what"]) for problem in report["problems"]]


# --- where it is told


@pytest.mark.parametrize("command", ["render", "check", "validate", "diff", "show mail"])
def test_each_command_tells_of_it_and_goes_on(project: Project, command: str) -> None:
    before = project.rendered().run(*command.split())

    result = overridden(project, IMAGE).run(*command.split())

    assert result == Result(0, before.stdout, f"{WARNING}\n{before.stderr}")


def test_it_is_told_beside_drift(project: Project) -> None:
    overridden(project, IMAGE).outputs.unlink()

    result = project.run("check")

    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == WARNING


def test_it_is_told_to_programs(project: Project) -> None:
    (problem,) = json.loads(overridden(project, IMAGE).run("check", "--format", "json").stdout)["problems"]

    assert problem == {
        "file": "out/image_override.tf",
        "line": 3,
        "column": 1,
        "severity": "warning",
        "key": "aws_ecs_task_definition.mail",
        "what": TAKES.format("container_definitions"),
        "remedy": SET,
    }


def test_it_is_told_to_github(project: Project) -> None:
    result = overridden(project, IMAGE).run("check", "--format", "github")

    line = f"::warning file=out/image_override.tf,line=3,col=1,title=tfgen::{WARNING}\n"
    assert result == Result(0, line, "")


def test_the_place_is_relative_to_where_the_user_is(project: Project, run_tfgen: Any) -> None:
    overridden(project, IMAGE)
    (project.root / "sub").mkdir()

    result = run_tfgen("validate", "-C", "..", cwd=project.root / "sub")

    assert result.stderr.startswith(f"../{WHERE}: warning: ")


def test_a_template_of_ones_own_changes_nothing_of_that(project: Project) -> None:
    overridden(project, IMAGE)
    (project.root / "templates" / "service").mkdir(parents=True)
    (project.root / "templates" / "service" / "banner.tf.j2").write_text("# mine\n")

    assert project.run("render").stderr.splitlines()[0] == WARNING


# --- what is told

OVERRIDES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "arguments and blocks": (
        'resource "aws_ecs_service" "mail" {\n  desired_count = 3\n  network_configuration {}\n}\n',
        [("aws_ecs_service.mail", TAKES.format("desired_count and network_configuration"))],
    ),
    "a lifecycle": (
        'resource "aws_ecs_service" "mail" {\n  count = 1\n  lifecycle {\n    prevent_destroy = true\n'
        "    ignore_changes = [tags]\n  }\n}\n",
        [("aws_ecs_service.mail", TAKES.format("count, lifecycle.prevent_destroy and lifecycle.ignore_changes"))],
    ),
    "a provisioner": (
        'resource "aws_ecs_service" "mail" {\n  provisioner "local-exec" {\n    command = "true"\n  }\n}\n',
        [("aws_ecs_service.mail", RUNS.format("local-exec"))],
    ),
    "provisioners and their connection": (
        'resource "aws_ecs_service" "mail" {\n  connection {\n    host = "h"\n  }\n  provisioner "file" {}\n'
        '  provisioner "remote-exec" {}\n}\n',
        [
            ("aws_ecs_service.mail", TAKES.format("connection")),
            ("aws_ecs_service.mail", RUNS.format("file and remote-exec")),
        ],
    ),
    "a local": ("locals {\n  common_tags = {}\n}\n", [("local.common_tags", TAKES.format("value"))]),
    "an output": (
        'output "ecs_cluster_arn" {\n  value = "a"\n  sensitive = true\n}\n',
        [("output.ecs_cluster_arn", TAKES.format("value and sensitive"))],
    ),
    "a data source": (
        'data "aws_iam_policy_document" "ecs_assume" {\n  statement {}\n}\n',
        [("data.aws_iam_policy_document.ecs_assume", TAKES.format("statement"))],
    ),
    "the settings": ('terraform {\n  required_version = "1"\n}\n', [("terraform", TAKES.format("required_version"))]),
    "several blocks": (
        'output "ecs_cluster_arn" {\n  value = "a"\n}\nresource "aws_ecs_cluster" "this" {\n  name = "b"\n}\n',
        [("output.ecs_cluster_arn", TAKES.format("value")), ("aws_ecs_cluster.this", TAKES.format("name"))],
    ),
    "what is not rendered": ('resource "aws_lb" "this" {\n  name = "a"\n}\nlocals {\n  mine = 1\n}\n', []),
    "nothing of a block": ('resource "aws_ecs_cluster" "this" {}\n', []),
    "what Terraform does not take": (
        'resource "aws_ecs_cluster" "this" {\n  depends_on = []\n  lifecycle {\n    ignore_changes = []\n'
        "    replace_triggered_by = []\n  }\n}\n",
        [],
    ),
}


@pytest.mark.parametrize(("text", "told"), OVERRIDES.values(), ids=OVERRIDES.keys())
def test_what_terraform_takes_from_it_is_named(project: Project, text: str, told: list[tuple[str, str]]) -> None:
    assert warnings(overridden(project, text)) == told


def test_a_file_of_json_is_told_of_at_its_lines(project: Project) -> None:
    text = '{\n  "resource": {\n    "aws_ecs_service": {\n      "mail": {"desired_count": 3}\n    }\n  }\n}\n'
    result = overridden(project, text, "override.tf.json").run("validate")

    assert result.stderr.startswith(f"out/override.tf.json:4:7: warning: aws_ecs_service.mail: {TAKES[:20]}")


def test_a_place_counts_characters_behind_a_byte_order_mark(project: Project) -> None:
    result = overridden(project, f"\ufeff  {CLUSTER}").run("validate")

    assert result.stderr.startswith("out/image_override.tf:1:3: warning: aws_ecs_cluster.this: ")


def test_files_are_told_of_in_the_order_in_which_they_are_merged(project: Project) -> None:
    overridden(overridden(project, IMAGE), IMAGE, "a_override.tf")

    told = project.run("validate").stderr.splitlines()

    assert [line.partition(":")[0] for line in told[:2]] == ["out/a_override.tf", "out/image_override.tf"]


def test_other_files_are_not_told_of(project: Project) -> None:
    overridden(project, 'resource "aws_lb" "this" {}\n', "lb.tf")
    overridden(project, IMAGE, ".hidden_override.tf")

    assert project.run("check") == UP_TO_DATE


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        (
            "override.tf",
            b'resource "a {\n',
            "out/override.tf:1:10: not Terraform's language: `\"` is not closed on its line; fix the file",
        ),
        (
            "a_override.tf.json",
            b'{\n "a": }',
            "out/a_override.tf.json:2:7: not Terraform's language: a value of JSON is missing; fix the file",
        ),
        (
            "override.tf",
            b"\xff",
            "out/override.tf:1:1: not Terraform's language: byte 0xff is not UTF-8; save the file in UTF-8",
        ),
    ],
)
def test_one_that_cannot_be_read_is_an_error(project: Project, name: str, content: bytes, problem: str) -> None:
    project.rendered()
    (project.out / name).write_bytes(content)

    assert project.run("check") == Result(1, "", f"{problem}\n")


def test_what_strangers_write_acts_on_no_terminal(project: Project) -> None:
    text = 'resource "aws_ecs_service" "mail" {\n  provisioner "\x1b[2J\r::set-output" {}\n}\n'
    result = overridden(project, text).run("validate")

    assert "\x1b" not in result.stderr
    assert "\r" not in result.stderr
