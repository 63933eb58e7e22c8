"""What tasks run on: how a task is started there, what a reviewer is told, and which targets it is."""

from __future__ import annotations

import pytest

from tests.support.project import Project
from tests.support.rendering import CATALOGUE

GROUP = 'resource "aws_lb_target_group" "web" {{\n  target_type = "{}"\n}}\n'


def shown(project: Project, settings: str) -> str:
    project.says(CATALOGUE.replace("worker,", f"task, {settings}"))
    project.rendered()
    return project.run("show", "mail").stdout


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("", "  --launch-type FARGATE --platform-version 1.4.0 --propagate-tags TASK_DEFINITION \\"),
        ("launch: EC2, memory: 64,", "  --launch-type EC2 --propagate-tags TASK_DEFINITION \\"),
        (
            "capacity: [{provider: FARGATE_SPOT, base: 1, weight: 4}, {provider: FARGATE}],",
            "  --capacity-provider-strategy capacityProvider=FARGATE_SPOT,base=1,weight=4 capacityProvider=FARGATE "
            "--platform-version 1.4.0 --propagate-tags TASK_DEFINITION \\",
        ),
        ("capacity: [],", "  --platform-version 1.4.0 --propagate-tags TASK_DEFINITION \\"),
        (
            "operating_system: WINDOWS_SERVER_2022_CORE, cpu: 1024, memory: 2048,",
            "  --launch-type FARGATE --platform-version 1.0.0 --propagate-tags TASK_DEFINITION \\",
        ),
        (
            "launch: EC2, memory: 64, placement: {strategy: [{binpack: cpu}, random]},",
            "  --placement-strategy type=binpack,field=cpu type=random \\",
        ),
    ],
)
def test_a_task_is_started_where_it_runs(project: Project, settings: str, line: str) -> None:
    assert line in shown(project, settings).splitlines()


def test_a_task_of_its_own_security_group_is_started_in_it(project: Project) -> None:
    text = CATALOGUE.replace("worker,", "task, security_group: {},").replace("{subnets", "{vpc: vpc-1, subnets")
    project.says(text)
    project.rendered()
    lines = project.run("show", "mail").stdout.splitlines()
    groups = "SECURITY_GROUPS= # write the value of '${aws_security_group.mail.id},sg-1' here, with commas between"
    assert groups in lines


def test_a_task_of_the_preset_bare_is_started_with_what_is_written_alone(project: Project) -> None:
    text = "version: 1\nproject: shop\npreset: bare\ncluster: main\nmodule: {path: out, address: module.shop}\n"
    project.says(f"{text}services:\n  mail: {{kind: task, image: 'busybox:1', cpu: 256, memory: 512}}\n")
    project.rendered()
    lines = project.run("show", "mail").stdout.splitlines()
    assert "SUBNETS= # write subnets here" in lines
    assert "  --launch-type FARGATE \\" in lines


def test_a_launch_that_terraform_evaluates_is_to_be_written(project: Project) -> None:
    (project.root / "out").mkdir()
    (project.root / "out" / "variables.tf").write_text('variable "launch" {}\n', encoding="utf-8")
    lines = shown(project, 'launch: "${var.launch}",').splitlines()
    assert "RUNS_ON= # write the value of '${var.launch}' here" in lines
    assert "  --launch-type $RUNS_ON --propagate-tags TASK_DEFINITION \\" in lines


@pytest.mark.parametrize("mode", ["bridge", "host", "none"])
def test_a_task_without_an_interface_is_started_without_a_network(project: Project, mode: str) -> None:
    told = shown(project, f"launch: EC2, memory: 64, network_mode: {mode},")
    assert "--launch-type EC2" in told
    assert "NETWORK" not in told


@pytest.mark.parametrize(
    ("mode", "targets", "told"),
    [
        ("bridge", "ip", "is ip, and ECS refuses it for a service with the network mode bridge"),
        ("bridge", "instance", ""),
        (
            "awsvpc",
            "instance",
            "is instance, and ECS refuses it for a service with the network mode awsvpc",
        ),
        ("awsvpc", "ip", ""),
    ],
)
def test_a_target_group_of_other_targets_is_warned_about(project: Project, mode: str, targets: str, told: str) -> None:
    backend = f"backend, port: 80, launch: EC2, memory: 64, network_mode: {mode}, load_balancer: {{target_group: web}},"
    project.says(CATALOGUE.replace("worker,", backend))
    project.out.mkdir()
    (project.out / "alb.tf").write_text(GROUP.format(targets), encoding="utf-8")
    assert project.run("render").exit_code == 0
    assert told in project.run("check").stderr
    assert ("target_type" in project.run("check").stderr) == bool(told)
