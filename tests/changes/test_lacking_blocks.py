"""What an edit does is told without a traceback, whatever the templates of an edition leave out or call otherwise."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pytest

from generator.catalogue.read import read
from generator.changes.edit import Edit
from generator.changes.told import print_edit, to_json
from generator.edition import Edition
from generator.rendering.render import GeneratedFile, render
from generator.report.document import Document
from generator.report.places import Segment, segments
from generator.source.source import Source
from tests.support.project import RunTfgen
from tests.support.rendering import NAME, NO_OVERRIDES, SMALL, no_types
from tests.support.repository import Repository

BEFORE = f"""{SMALL}    queue: jobs
    buckets: [{{name: videos, access: [read]}}]
    secrets: {{TOKEN: token}}
  gone: {{kind: worker, image: "busybox:1", role: own, queue: jobs}}
"""
AFTER = f"""{SMALL}    queue: other
    buckets: [{{name: videos, access: [read, write]}}]
    secrets: {{TOKEN: token, KEY: key}}
    tags: {{a: b}}
  new: {{kind: worker, image: "busybox:1", queue: third}}
  own: {{kind: worker, image: "busybox:1", role: own, queue: jobs}}
"""


def left_out(block: Segment) -> list[str]:
    return []


def called_otherwise(block: Segment) -> list[str]:
    return [re.sub(r'" \{', '_x" {', line) for line in block.lines]


def emptied(block: Segment) -> list[str]:
    return [line for line in block.lines if not line.startswith("  ")]


def without_names(block: Segment) -> list[str]:
    return [line for line in block.lines if not re.match("  (name|family) ", line)]


def named_by_expressions(block: Segment) -> list[str]:
    return [re.sub(r"^(  (?:name|family) += ).*", r"\1var.x", line) for line in block.lines]


def named_by_nothing(block: Segment) -> list[str]:
    return [re.sub(r"^(  (?:name|family) += ).*", r"\1null", line) for line in block.lines]


WAYS = [left_out, called_otherwise, emptied, without_names, named_by_expressions, named_by_nothing]


def edition(catalogue: str) -> Edition:
    source = Source(catalogue, NAME)
    found, _ = read(source)
    return Edition(source, found, render(found, NAME, NO_OVERRIDES, no_types), {})


OLD, NEW = edition(BEFORE), edition(AFTER)


def lacking(whole: Edition, way: Callable[[Segment], list[str]]) -> Iterator[Edition]:
    """Yield an edition for each block that comes out otherwise in a way."""
    for number, file in enumerate(whole.files):
        lines = file.text.split("\n")
        for block in segments(file.text):
            first = block.line - 1
            text = "\n".join([*lines[:first], *way(block), *lines[first + len(block.lines) :]])
            if text != file.text:
                files = [*whole.files[:number], GeneratedFile(file.name, text), *whole.files[number + 1 :]]
                yield Edition(whole.source, whole.catalogue, files, {})


def told(edit: Edit) -> str:
    print_edit(edit, io.StringIO(), colour=False)
    to_json(edit, "HEAD")
    return Document(edit, ("--base", "HEAD")).markdown()


@pytest.mark.parametrize("way", WAYS)
def test_an_edit_is_told_whatever_block_of_the_base_came_out_otherwise(way: Callable[[Segment], list[str]]) -> None:
    editions = list(lacking(OLD, way))
    assert len(editions) >= 10
    assert all(told(Edit(before, NEW)).startswith("# Terraform change: ") for before in editions)


@pytest.mark.parametrize("way", WAYS)
def test_an_edit_is_told_whatever_block_comes_out_otherwise(way: Callable[[Segment], list[str]]) -> None:
    assert all(told(Edit(OLD, after)).startswith("# Terraform change: ") for after in lacking(NEW, way))


def test_an_edit_is_told_where_the_base_or_now_renders_nothing_at_all() -> None:
    empty = [GeneratedFile(file.name, "") for file in OLD.files]
    for before, after in ((empty, NEW.files), (OLD.files, empty), ([], NEW.files), (OLD.files, [])):
        edit = Edit(Edition(OLD.source, OLD.catalogue, before, {}), Edition(NEW.source, NEW.catalogue, after, {}))
        assert told(edit).startswith("# Terraform change: module changed, `mail` changed")


def sentences_about_the_role(before: Edition, after: Edition) -> set[str]:
    document = Document(Edit(before, after), ("--base", "HEAD")).markdown()
    return set(re.findall(r"^- role (.*?) (?:gains|loses|may)", document, re.MULTILINE))


def test_a_role_is_told_by_its_name_where_either_edition_says_it_and_else_by_its_address() -> None:
    def without_role(whole: Edition, way: Callable[[Segment], list[str]]) -> Edition:
        return next(one for one in lacking(whole, way) if '"aws_iam_role" "task" {' not in one.files[0].text)

    def nameless(whole: Edition, way: Callable[[Segment], list[str]]) -> Edition:
        return next(
            one for one in lacking(whole, way) if 'name               = "shop-ecs-task"\n' not in one.files[0].text
        )

    named = "`shop-ecs-task` (`aws_iam_role.task`)"
    bare = "`aws_iam_role.task`"
    assert named in sentences_about_the_role(OLD, NEW)
    for way in (left_out, called_otherwise):
        assert named in sentences_about_the_role(without_role(OLD, way), NEW)
        assert named in sentences_about_the_role(OLD, without_role(NEW, way))
        assert bare in sentences_about_the_role(without_role(OLD, way), without_role(NEW, way))
    for way in (without_names, named_by_expressions, named_by_nothing):
        assert named in sentences_about_the_role(nameless(OLD, way), NEW)
        assert bare in sentences_about_the_role(nameless(OLD, way), nameless(NEW, way))


def test_the_command_tells_an_edit_although_templates_of_the_base_wrote_no_role(
    repository: Repository, run_tfgen: RunTfgen
) -> None:
    repository.commit(**{"services.yaml": BEFORE.replace("role: own, ", ""), "templates/module/roles.tf.j2": ""})
    (repository.root / "templates/module/roles.tf.j2").unlink()
    repository.write("services.yaml", AFTER)
    repository.write(
        "out/other.tf",
        'resource "aws_secretsmanager_secret" "token" {}\nresource "aws_secretsmanager_secret" "key" {}\n',
    )

    for command in ("report", "changes"):
        result = run_tfgen(command, cwd=repository.root)
        assert result.exit_code == 0, result.stderr
        assert "s3:PutObject" in result.stdout
