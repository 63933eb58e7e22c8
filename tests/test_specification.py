"""The specification's own change, read out of the document: the catalogue with the worker, and without it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from generator.catalogue.read import read
from generator.rendering.render import render
from generator.source.source import Source
from tests.support.paths import ROOT
from tests.support.rendering import NO_OVERRIDES, no_types
from tests.support.specification import Hunk, hunks


def rendered(services: Any) -> dict[str, list[str]]:
    catalogue = yaml.safe_load((ROOT / "services.yaml").read_text("utf-8"))
    kept = {key: service for key, service in catalogue["services"].items() if key in services}
    text = yaml.safe_dump({**catalogue, "services": kept}, sort_keys=False)
    files = render(read(Source(text, "services.yaml"))[0], "services.yaml", NO_OVERRIDES, no_types)
    return {file.name: file.text.splitlines() for file in files}


def comparable(lines: list[str]) -> list[str]:
    """The document's only tolerance: the run of spaces before `=` inside `network_configuration`."""
    inside = False
    result = []
    for line in lines:
        inside = (inside or "network_configuration {" in line) and line.strip() != "}"
        result.append(re.sub(r" +=", " =", line) if inside else line)
    return result


def places(needle: list[str], lines: list[str]) -> list[int]:
    needle, lines = comparable(needle), comparable(lines)
    return [at for at in range(len(lines) - len(needle) + 1) if lines[at : at + len(needle)] == needle]


@pytest.fixture(scope="module")
def before() -> dict[str, list[str]]:
    return rendered(["backend"])


@pytest.fixture(scope="module")
def after() -> dict[str, list[str]]:
    return rendered(["backend", "worker"])


def test_the_document_adds_145_lines_at_four_places() -> None:
    assert [hunk.file for hunk in hunks()] == ["main.tf", "main.tf", "main.tf", "outputs.tf"]
    assert sum(len(hunk.added) for hunk in hunks()) == 145


@pytest.mark.parametrize("hunk", hunks(), ids=lambda hunk: hunk.context[0])
def test_without_the_worker_each_context_stands_and_no_addition(hunk: Hunk, before: dict[str, list[str]]) -> None:
    assert len(places(hunk.context, before[hunk.file])) == 1
    assert places(hunk.added, before[hunk.file]) == []
    assert not any("worker" in line or "task_s3_sqs" in line for line in before[hunk.file])


@pytest.mark.parametrize("hunk", hunks(), ids=lambda hunk: hunk.context[0])
def test_with_the_worker_every_added_line_stands_at_its_place(hunk: Hunk, after: dict[str, list[str]]) -> None:
    assert len(places([*hunk.context, "", *hunk.added], after[hunk.file])) == 1


def test_the_two_renderings_differ_in_nothing_else(before: dict[str, list[str]], after: dict[str, list[str]]) -> None:
    """Taking the additions out of the one leaves the other, so a minimal diff adds those lines and removes none."""
    taken = 0
    for hunk in hunks():
        lines = after[hunk.file]
        (at,) = places([*hunk.context, "", *hunk.added], lines)
        start = at + len(hunk.context)
        end = start + 1 + len(hunk.added)
        taken += end - start
        after = after | {hunk.file: lines[:start] + lines[end:]}
    assert after == before
    assert taken == 145 + 4


def test_the_committed_files_are_the_rendering(after: dict[str, list[str]]) -> None:
    for name, lines in after.items():
        assert (ROOT / "generated" / "compute" / name).read_text("utf-8").splitlines() == lines


def test_the_module_before_has_the_blocks_of_the_specification_in_its_order(before: dict[str, list[str]]) -> None:
    headers = [line.removesuffix(" {").removesuffix(" {}") for line in before["main.tf"] if re.match(r"[a-z]", line)]
    assert headers == [
        "terraform",
        "locals",
        'data "aws_region" "current"',
        'resource "aws_ecr_repository" "backend"',
        'resource "aws_cloudwatch_log_group" "api"',
        'resource "aws_ecs_cluster" "this"',
        'data "aws_iam_policy_document" "ecs_assume"',
        'resource "aws_iam_role" "task_execution"',
        'resource "aws_iam_policy" "task_execution_secrets"',
        'resource "aws_iam_role" "task"',
        'resource "aws_iam_role_policy_attachment" "exec_managed"',
        'resource "aws_iam_role_policy_attachment" "task_execution_secrets"',
        'data "aws_iam_policy_document" "exec_inline"',
        'resource "aws_iam_role_policy" "exec_extra"',
        'resource "aws_ecs_task_definition" "backend"',
        'resource "aws_ecs_service" "backend"',
    ]


def test_the_outputs_before_are_those_of_the_specification_in_its_order(before: dict[str, list[str]]) -> None:
    assert re.findall(r'output "(\w+)"', "\n".join(before["outputs.tf"])) == [
        "ecr_backend_url",
        "ecs_cluster_arn",
        "task_execution_role_arn",
        "task_role_arn",
        "log_group_name",
    ]
