"""The preset `bare`: nothing is there that is not written, and all that is written is."""

from __future__ import annotations

import pytest

from generator.settings.parts import known_settings, value_of
from tests.support.project import Project
from tests.support.rendering import SMALL, catalogue_of, module_of

BARE = (
    SMALL.replace("project: shop\n", "project: shop\npreset: bare\ncluster: main\n") + "    cpu: 256\n    memory: 512\n"
)


def test_it_makes_and_exports_nothing() -> None:
    catalogue = catalogue_of(BARE)
    assert [block.address for block in catalogue.main_blocks] == [
        "aws_ecs_task_definition.mail",
        "aws_ecs_service.mail",
    ]
    assert catalogue.output_blocks == ()


def test_what_is_not_written_is_not_set() -> None:
    service = catalogue_of(BARE).services["mail"]
    unset = {key for key in known_settings(service) if value_of(service, key) in (None, False, (), {})}
    assert {"desired_count", "execute_command", "log_retention_days", "role", "execution_role", "outputs"} <= unset


@pytest.mark.parametrize("preset", ["house", "bare"])
def test_a_written_value_is_the_same_in_both(preset: str) -> None:
    written = BARE.replace("bare", preset) + "    desired_count: 3\n    execute_command: false\n"
    text = "".join(file.text for file in module_of(written).files)
    assert "desired_count   = 3\n" in text
    assert "enable_execute_command = false\n" in text


def test_a_network_may_be_left_out_where_nothing_starts_tasks(project: Project) -> None:
    without = BARE.replace("network: {subnets: [subnet-1], security_groups: [sg-1]}\n", "")
    project.says(without.replace("worker", "task"))
    assert project.run("validate").exit_code == 0
    project.says(without)
    assert "ECS starts no task of it without subnets" in project.run("validate").stderr
    project.says(without.replace("bare", "house"))
    assert "network: it is missing" in project.run("validate").stderr


def test_a_graph_and_a_table_tell_no_count_that_is_not_written(project: Project) -> None:
    project.says(BARE)
    assert "worker · 256 CPU, 512 MiB" in project.run("graph").stdout
    assert "None" not in project.run("list").stdout + project.run("show", "mail").stdout


def test_blame_leads_to_the_keys(project: Project) -> None:
    project.says(BARE + "    desired_count: 3\n")
    assert project.run("render").exit_code == 0
    assert "services.mail.desired_count" in project.run("blame", "out/main.tf").stdout
