"""Files that nest deeply: every command takes them up to the limit, and tells beyond it of the place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.hcl.tokens import MOST_OPEN
from tests.support.project import RunTfgen
from tests.support.rendering import SMALL

COMMANDS = [
    "validate",
    "check",
    "diff",
    "show mail",
    "blame out/main.tf",
    "graph",
    "changes --base-file base.yaml",
    "changes --base-file base.yaml --format json",
    "report --base-file base.yaml",
    "verify-plan plan.json --base-file base.yaml",
    "render",
]
PLAN = '{"format_version": "1.2", "planned_values": {}, "resource_changes": []}'


def nested(opening: str, inner: str, closing: str) -> Callable[[int], str]:
    return lambda depth: opening * depth + inner + closing * depth


def in_a_local(opening: str, inner: str, closing: str) -> Callable[[int], str]:
    within = nested(opening, inner, closing)
    return lambda depth: f"locals {{\n  x = {within(depth - 1)}\n}}\n"


def in_half_as_many(of: Callable[[int], str]) -> Callable[[int], str]:
    """Each is two things that are open, such as a quote with a template in it."""
    return lambda depth: of(depth // 2 + 1)


DEEP: dict[str, Callable[[int], str]] = {
    "blocks": nested("a {\n", "b = aws_x.y.id\n", "}\n"),
    "lists": in_a_local("[", "var.a", "]"),
    "objects": in_a_local("{ a = ", "aws_x.y.id", "}"),
    "brackets": in_a_local("(", "aws_x.y.id", ")"),
    "calls": in_a_local("f(", "aws_x.y.id", ")"),
    "documents": in_half_as_many(in_a_local("jsonencode([", "aws_x.y.id", "])")),
    "indices": in_a_local("aws_x.y[", "0", "]"),
    "for": in_a_local("[for a in ", "aws_x.y", ": a.b]"),
    "templates": in_half_as_many(in_a_local('"${', "aws_x.y.id", '}"')),
    "heredocs": in_half_as_many(in_a_local("<<E\n${", "aws_x.y.id", "}\nE\n")),
}


def told_beside(file: str, text: str, folder: Path, run_tfgen: RunTfgen) -> dict[str, str]:
    """Return what each command tells of a catalogue that was edited, beside whose generated files a file lies."""
    for name, content in (("base.yaml", SMALL), ("plan.json", PLAN), ("services.yaml", SMALL)):
        (folder / name).write_text(content, "utf-8")
    run_tfgen("render", cwd=folder)
    (folder / "services.yaml").write_text(SMALL.replace("busybox:1", "busybox:2"), "utf-8")
    (folder / "out" / file).write_text(text, "utf-8")
    return {command: run_tfgen(*command.split(), cwd=folder).stderr for command in COMMANDS}


@pytest.mark.parametrize("name", DEEP)
def test_a_file_is_read_that_nests_as_deeply_as_may_be(name: str, tmp_path: Path, run_tfgen: RunTfgen) -> None:
    for command, told in told_beside("deep.tf", DEEP[name](MOST_OPEN - 2), tmp_path, run_tfgen).items():
        assert "out/deep.tf" not in told, command


@pytest.mark.parametrize("name", DEEP)
def test_a_file_that_nests_more_deeply_is_told_of_with_its_place(
    name: str, tmp_path: Path, run_tfgen: RunTfgen
) -> None:
    for command, told in told_beside("deep.tf", DEEP[name](15 * MOST_OPEN), tmp_path, run_tfgen).items():
        assert told.startswith("out/deep.tf:"), command
        assert "more than 100 brackets, quotes and templates are open here; fix the file" in told, command


@pytest.mark.parametrize(("depth", "is_told"), [(MOST_OPEN - 5, False), (20 * MOST_OPEN, True)])
def test_so_is_a_file_of_json(depth: int, is_told: bool, tmp_path: Path, run_tfgen: RunTfgen) -> None:
    lists = nested("[", '"${aws_x.y.id}"', "]")(depth)
    text = f'{{"locals": {{"x": {lists}}}}}\n'
    for command, told in told_beside("deep.tf.json", text, tmp_path, run_tfgen).items():
        assert told.startswith("out/deep.tf.json:1:") == is_told, command
        assert ("more than 100 objects and lists are open here" in told) == is_told, command


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("depth", [MOST_OPEN - 2, 15 * MOST_OPEN])
def test_a_template_that_nests_deeply_is_told_of(name: str, depth: int, tmp_path: Path, run_tfgen: RunTfgen) -> None:
    banner = tmp_path / "templates" / "service" / "banner.tf.j2"
    banner.parent.mkdir(parents=True)
    banner.write_text(DEEP[name](depth), "utf-8")
    (tmp_path / "services.yaml").write_text(SMALL, "utf-8")
    told = run_tfgen("render", cwd=tmp_path)
    assert told.exit_code == 1
    assert ("more than 100 brackets" in told.stderr) == (depth > MOST_OPEN)
    assert all(line.startswith(("out/main.tf:", "services.yaml:")) for line in told.stderr.splitlines())
