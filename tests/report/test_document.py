"""What the change document tells of small edits: each of its parts, in full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.changes.edit import Edit
from generator.edition import Edition
from generator.plan.verdict import Fault, Verdict
from generator.rendering.render import Overrides, built_in_templates
from generator.report.document import Document
from tests.support.rendering import edition_of, module_with

COMPANION = """\
variable "tag" {
  type = string
}

variable "level" {
  type = string
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}
"""

BEFORE = """\
version: 1
project: shop
module: {path: out, address: module.shop}
tags: {project: shop}
images:
  app: {repository: shop-app, tag: "1.2"}
network: {subnets: [subnet-1], security_groups: [sg-1]}
services:
  mail:
    kind: worker
    image: app
    cpu: 256
    memory: 512
    command: [python, bin/mail.py]
    queue: shop-mail
  jobs:
    kind: worker
    image: busybox:1
    cpu: 512
    memory: 1024
    role: own
    queue: shop-jobs
"""

AFTER = (
    BEFORE
    + """\
  reports:
    kind: worker
    image: app
    cpu: 256
    memory: 512
    entry_point: [/usr/bin/env]
    command: [python, bin/reports.py]
    queue: shop-reports
    buckets: [{name: shop-archive, access: [read]}]
    environment: {LEVEL: "${var.level}"}
    secrets: {TOKEN: token}
"""
)


def edition(text: str) -> Edition:
    return edition_of(text, companion=COMPANION)


def document(before: str | None, after: str) -> Document:
    return Document(Edit(edition(before) if before else None, edition(after)), ("--base", "0123456789ab"))


def changed(text: str, *replacements: tuple[str, str]) -> str:
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


# --- the verdict on a plan


@pytest.mark.parametrize(
    ("broken", "held", "sentence"),
    [
        (1, 0, "1 of 1 verdict does not hold."),
        (1, 1, "1 of 2 verdicts does not hold."),
        (2, 1, "2 of 3 verdicts do not hold."),
    ],
)
def test_verdicts_that_do_not_hold_are_counted_in_a_sentence(broken: int, held: int, sentence: str) -> None:
    faults = [(Fault("", "missing"),)] * broken + [()] * held
    verdicts = [Verdict(f"aws_lb.a{number}", "update", "nothing", one) for number, one in enumerate(faults)]
    edit = Edit(edition(BEFORE), edition(AFTER))
    told = Document(edit, ("--base", "0123456789ab"), verdicts).markdown()
    assert f"\n**The plan breaks the contract:** {sentence}\n" in told


# --- what to see to before an apply


def test_the_checklist_of_a_new_service_names_all_that_it_needs_and_those_that_stay() -> None:
    assert document(BEFORE, AFTER).checks == [
        "The variables that the change uses are set: `var.level`",
        "The image `shop-app:1.2` is built and pushed, with `/usr/bin/env`, `bin/reports.py` in it",
        "The secret `token` has a value (`TOKEN`)",
        "The queue `shop-reports` exists in the account and region that are applied to",
        "The bucket `shop-archive` exists",
        "The service `shop-mail-service` is running and healthy",
        "The service `shop-jobs-service` is running and healthy",
        "The AWS provider is 3.34.0 or newer (`aws_ecs_service.enable_execute_command`)",
        "The AWS provider is 6.0.0 or newer (`aws_ecs_service.arn`)",
    ]


def test_the_variables_of_a_change_are_in_the_order_of_their_names_and_nothing_else_is_among_them() -> None:
    letters = "hgfedcba"
    environment = ", ".join(f'{letter.upper()}: "${{var.{letter}}}"' for letter in letters)
    edited = changed(AFTER, ('LEVEL: "${var.level}"', environment))
    expected = ", ".join(f"`var.{letter}`" for letter in sorted(letters))
    assert document(BEFORE, edited).checks[0] == f"The variables that the change uses are set: {expected}"


def running(found: Document) -> list[str]:
    return [check for check in found.checks if "is running and healthy" in check]


def test_only_a_service_that_was_there_and_stays_as_it_is_has_to_be_running() -> None:
    edited = changed(BEFORE, ("queue: shop-jobs", "queue: shop-jobs\n    stop_timeout: 60"))
    assert running(document(BEFORE, edited)) == ["The service `shop-mail-service` is running and healthy"]
    assert running(document(BEFORE, changed(BEFORE, ("  mail:\n", "  post:\n")))) == [
        "The service `shop-jobs-service` is running and healthy"
    ]
    assert running(document(AFTER, BEFORE)) == [
        "The service `shop-mail-service` is running and healthy",
        "The service `shop-jobs-service` is running and healthy",
    ]
    assert running(document(BEFORE, changed(BEFORE, ("tags: {project: shop}", "tags: {project: books}")))) == []
    assert running(document(None, BEFORE)) == []


def test_nothing_has_to_be_seen_to_for_a_service_that_goes_but_that_nobody_needs_its_data() -> None:
    assert document(AFTER, changed(AFTER, (AFTER.removeprefix(BEFORE), ""))).checks == [
        "The service `shop-mail-service` is running and healthy",
        "The service `shop-jobs-service` is running and healthy",
        "Nobody needs its log events any more: `module.shop.aws_cloudwatch_log_group.reports` is destroyed",
    ]


def test_where_nothing_was_everything_is_to_be_seen_to_once() -> None:
    checks = document(None, AFTER).checks
    assert len(checks) == len(set(checks))
    assert [check for check in checks if "image" in check] == [
        "The image `shop-app:1.2` is built and pushed, with `bin/mail.py` in it",
        "The image `busybox:1` is built and pushed",
        "The image `shop-app:1.2` is built and pushed, with `/usr/bin/env`, `bin/reports.py` in it",
    ]


# --- what a reviewer should know


def test_a_hand_written_file_that_changes_too_is_named() -> None:
    before, after = edition(BEFORE), edition(AFTER)
    before.companions["companion.tf"] = b"# another\n"
    found = Document(Edit(before, after), ("--base", "0123456789ab"))
    assert found.companions == {"out/companion.tf": False}
    assert (
        "**Changed by hand:** `companion.tf` changes too. This document does not say what that implies." in found.notes
    )
    assert "- `out/companion.tf`: **changed by hand**\n" in found.markdown()
    assert document(None, AFTER).companions == {"out/companion.tf": True}


def test_a_clone_with_other_line_endings_has_changed_nothing_by_hand() -> None:
    before, after = edition(BEFORE), edition(AFTER)
    before.companions["companion.tf"] = after.companions["companion.tf"].replace(b"\n", b"\r\n")
    assert Document(Edit(before, after), ("--base", "0123456789ab")).companions == {"out/companion.tf": True}


def test_commands_and_checks_have_the_names_that_a_template_renders() -> None:
    service = (built_in_templates() / "service/service.tf.j2").read_text("utf-8")
    own = service.replace("{{ service.names.service | hcl }}", '"legacy-{{ service.names.key }}"')
    overrides = Overrides("templates", {"service/service.tf.j2": own.encode()})
    before, after = (
        Edition(one.source, one.catalogue, one.files, one.companions)
        for one in (module_with(overrides, text, companion=COMPANION) for text in (BEFORE, AFTER))
    )
    told = Document(Edit(before, after), ("--base", "0123456789ab")).markdown()
    assert "  --services legacy-reports \\\n" in told
    assert "The service `legacy-mail` is running and healthy" in told
    assert "-service`" not in told


def noted(word: str, found: Document) -> list[str]:
    return [note for note in found.notes if note.startswith(f"**{word}:**")]


def test_those_who_share_a_role_and_an_image_with_a_new_service_are_named() -> None:
    assert noted("Shared role", document(BEFORE, AFTER)) == [
        "**Shared role:** `mail` may do what `reports` gains too: they share the role `aws_iam_role.task`. "
        "`role: own` gives `reports` a role of its own."
    ]
    assert noted("Same image", document(BEFORE, AFTER)) == ["**Same image:** `reports` runs the image of `mail`."]
    alone = changed(AFTER, ("queue: shop-reports", "queue: shop-reports\n    role: own"))
    assert noted("Shared role", document(BEFORE, alone)) == []
    without_rights = changed(BEFORE, ("    queue: shop-mail\n", "")) + "  quiet: {kind: worker, image: app}\n"
    assert noted("Shared role", document(changed(BEFORE, ("    queue: shop-mail\n", "")), without_rights)) == []


def test_where_nothing_was_nobody_is_unaffected_and_nothing_is_compared() -> None:
    found = document(None, BEFORE)
    assert [note for note in found.notes if "unaffected" in note] == []
    assert (found.comparisons, found.not_compared) == ([], 0)
    assert found.title == "module added, `mail` added and `jobs` added"


# --- what is told of the whole


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (BEFORE, AFTER, "reports.tfplan"),
        (AFTER, BEFORE, "reports.tfplan"),
        (None, BEFORE, "shop.tfplan"),
        (BEFORE, changed(BEFORE, ("tags: {project: shop}", "tags: {project: books}")), "shop.tfplan"),
    ],
)
def test_a_plan_is_named_after_the_one_service_that_changes(before: str | None, after: str, name: str) -> None:
    assert document(before, after).plan_file == name


def test_a_replaced_resource_is_added_and_destroyed_and_the_count_is_certain_or_the_most() -> None:
    sized = document(BEFORE, changed(BEFORE, ("cpu: 512\n    memory: 1024", "cpu: 1024\n    memory: 2048")))
    assert (sized.counts, sized.is_certain) == ("1 to add, 1 to change, 1 to destroy", True)
    read = document(BEFORE, changed(BEFORE, ('tag: "1.2"', 'tag: "${var.tag}"')))
    assert (read.counts, read.is_certain) == ("1 to add, 1 to change, 1 to destroy", False)
    assert "1 to destroy, at most: some depend on what expressions evaluate to\n" in read.markdown()
    assert "1 to destroy\n" in sized.markdown()


def test_only_new_services_can_be_stopped_in_an_emergency() -> None:
    assert document(BEFORE, AFTER).emergency_targets == [
        "module.shop.aws_ecs_service.reports",
        "module.shop.aws_ecs_task_definition.reports",
    ]
    assert document(AFTER, BEFORE).emergency_targets == []


def test_the_services_that_run_anew_are_watched() -> None:
    found = document(BEFORE, AFTER)
    assert [found.edit.after.names.told(word) for line in found.watching for word in line.words] == [
        "shop-cluster",
        "shop-reports-service",
        "/shop/reports",
    ]
    assert document(AFTER, BEFORE).watching == []


def test_a_new_service_is_beside_the_one_with_the_most_in_common_and_only_so_many_are() -> None:
    (comparison,) = document(BEFORE, AFTER).comparisons
    assert (comparison.sibling, comparison.service) == ("mail", "reports")
    many = "".join(f"  new-{number:02}: {{kind: worker, image: app}}\n" for number in range(22))
    found = document(BEFORE, BEFORE + many)
    assert [one.service for one in found.comparisons] == [f"new-{number:02}" for number in range(20)]
    assert found.not_compared == 2
    assert "2 more new services are not compared with another." in found.markdown()
    assert "1 more new service is not compared with another." in document(BEFORE, BEFORE + many[:-38]).markdown()


def test_a_comment_that_changes_above_a_block_is_told_as_a_comment() -> None:
    before = edition(BEFORE)
    files = [file._replace(text=file.text.replace("Mail ECS Task Definition", "Mails")) for file in before.files]
    edit = Edit(before, replace(before, files=files))

    assert edit.parts == []
    found = Document(edit, ("--base", "0123456789ab"))
    (place,) = found.files[0].places
    assert [*found.changes_of(place)] == ["changes a comment of `aws_ecs_task_definition.mail`"]
