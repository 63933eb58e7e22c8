"""The rollback says what does not come back, and the checklist what a change needs and nothing else."""

from __future__ import annotations

import re

import pytest

from generator.changes import told
from generator.changes.edit import Edit
from generator.report.document import Document
from tests.support.rendering import SMALL, edition_of

WITH_IMAGE = SMALL.replace("services:\n", 'images: {app: {repository: shop-app, tag: "1"}}\nservices:\n').replace(
    "image: busybox:1", "image: app"
)


def document(before: str, after: str, **companions: str) -> str:
    edit = Edit(edition_of(before, **companions), edition_of(after, **companions))
    return Document(edit, ("--base", "0123456789ab")).markdown()


def section(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def checks(before: str, after: str, **companions: str) -> list[str]:
    return re.findall(r"^- \[ \] (.*)$", section(document(before, after, **companions), "Before the apply"), re.M)


def test_a_change_in_place_comes_back_whole() -> None:
    rollback = section(document(SMALL, SMALL + "    desired_count: 2\n"), "Rollback")
    assert "That brings every resource back to what it is now.\n" in rollback


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        (
            SMALL,
            SMALL + "    log_group: other\n",
            ["`module.shop.aws_cloudwatch_log_group.mail` is created again, without its log events"],
        ),
        (
            SMALL + "  post:\n    kind: worker\n    image: busybox:1\n",
            SMALL,
            [
                "`module.shop.aws_cloudwatch_log_group.post` is created again, without its log events",
                "`module.shop.aws_ecs_service.post` is created again, and its tasks do not run until then",
            ],
        ),
        (
            WITH_IMAGE,
            WITH_IMAGE.replace("shop-app", "shop-web"),
            ["`module.shop.aws_ecr_repository.app` is created again, without its images"],
        ),
    ],
)
def test_a_rollback_says_what_does_not_come_back(before: str, after: str, sentences: list[str]) -> None:
    rollback = section(document(before, after), "Rollback")
    assert "brings every resource back" not in rollback
    assert re.findall(r"^- (.*)$", rollback, re.MULTILINE) == sentences


def test_a_repository_with_images_is_not_deleted_and_that_is_told_everywhere() -> None:
    edit = Edit(edition_of(WITH_IMAGE), edition_of(SMALL))
    address = "module.shop.aws_ecr_repository.app"
    assert told.warnings(edit) == [
        f"warning: {address}: AWS deletes it only when it is empty; "
        "empty it first, or apply `force_delete = true` before this change"
    ]
    sentence = "is empty, or `force_delete = true` was applied to it before: AWS deletes it only then"
    assert f"`{address}` {sentence}" in checks(WITH_IMAGE, SMALL)
    rollback = section(document(SMALL, WITH_IMAGE), "Rollback")
    assert f"so empty them before the rollback: `{address}`.\n" in rollback


def test_a_repository_that_may_be_deleted_with_its_images_needs_nothing() -> None:
    override = 'resource "aws_ecr_repository" "app" {\n  force_delete = true\n}\n'
    edit = Edit(edition_of(WITH_IMAGE, main_override=override), edition_of(SMALL, main_override=override))
    assert told.warnings(edit) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (SMALL, SMALL + "    desired_count: 2\n", []),
        (SMALL, SMALL.replace("busybox:1", "busybox:2"), ["The image `busybox:2` is built and pushed"]),
        (SMALL, SMALL + "    command: [sleep]\n", []),
        (
            SMALL,
            SMALL + "    command: [bin/run.py]\n",
            ["The image `busybox:1` is built and pushed, with `bin/run.py` in it"],
        ),
        (
            SMALL + "    secrets: {A: one}\n",
            SMALL + "    secrets: {A: one, B: two}\n",
            ["The secret `two` has a value (`B`)"],
        ),
        (
            SMALL + '    environment: {A: "${var.a}"}\n',
            SMALL + '    environment: {A: "${var.a}", B: "${var.b}"}\n',
            ["The variables that the change uses are set: `var.b`"],
        ),
        (
            SMALL,
            SMALL + "    queue: jobs\n",
            ["The queue `jobs` exists in the account"],
        ),
    ],
)
def test_a_check_is_told_where_the_change_needs_it(before: str, after: str, expected: list[str]) -> None:
    found = checks(before, after)
    assert [check[: len(start)] for check, start in zip(found, expected, strict=True)] == expected


def test_a_change_that_needs_nothing_says_so() -> None:
    told_of_it = section(document(SMALL, SMALL + "    desired_count: 2\n"), "Before the apply")
    assert told_of_it == "\nNothing: the change needs nothing that was not there before.\n\n---\n"


def test_a_new_repository_needs_its_images() -> None:
    found = checks(WITH_IMAGE, WITH_IMAGE.replace("shop-app", "shop-web"))
    assert "The image `shop-web:1` is built and pushed" in found
    moved = checks(WITH_IMAGE, WITH_IMAGE.replace("module.shop", "module.store"))
    assert "The image `shop-app:1` is built and pushed" in moved
