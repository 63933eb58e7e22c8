"""Clones in which git writes CRLF: their files are those of the commit, and nobody has changed one by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.project import RunTfgen
from tests.support.rendering import CATALOGUE, EDITED
from tests.support.repository import Repository

COMPANIONS = {
    "out/variables.tf": 'variable "size" {\n  default = 1\n}\n',
    "out/heredoc.tf": "locals {\n  text = <<EOT\none\ntwo\nEOT\n}\n",
    "out/main_override.tf": 'resource "aws_ecs_cluster" "this" {\n  name = "other"\n}\n',
    "out/outputs_more.tf.json": '{\n  "locals": {"more": "a"}\n}\n',
    "templates/module/terraform.tf.j2": 'terraform {\n  required_version = ">= 1.9.0"\n}\n',
}


@pytest.fixture(params=["autocrlf", "attributes"])
def clone(request: pytest.FixtureRequest, repository: Repository, run_tfgen: RunTfgen, tmp_path: Path) -> Path:
    """A clone of a rendered module in which each line ends in CRLF, by the user's settings or by the repository's."""
    repository.write("services.yaml", CATALOGUE)
    for name, content in COMPANIONS.items():
        repository.write(name, content)
    assert run_tfgen("render", cwd=repository.root).exit_code == 0
    attributes = {".gitattributes": "* text eol=crlf\n"} if request.param == "attributes" else {}
    repository.commit(**attributes)
    folder = tmp_path / "clone"
    settings = ["-c", "core.autocrlf=true"] if request.param == "autocrlf" else []
    repository.git("clone", "--quiet", *settings, f"file://{repository.root}", str(folder))
    for name in COMPANIONS:
        assert b"\r\n" in (folder / name).read_bytes(), "git has not written CRLF"
    return folder


def test_a_report_says_of_no_file_that_it_was_changed_by_hand(clone: Path, run_tfgen: RunTfgen) -> None:
    (clone / "services.yaml").write_bytes(EDITED.replace("\n", "\r\n").encode())

    told = run_tfgen("report", cwd=clone).stdout

    assert "by hand" not in told
    companions = {name for name in COMPANIONS if name.startswith("out/")}
    assert set(re.findall(r"^- `(\S+)`: unchanged$", told, re.MULTILINE)) == companions


def test_an_edit_is_told_as_that_and_nothing_else(clone: Path, run_tfgen: RunTfgen) -> None:
    assert run_tfgen("changes", cwd=clone).stderr == "nothing changed since HEAD\n"

    (clone / "services.yaml").write_bytes(EDITED.replace("\n", "\r\n").encode())

    assert run_tfgen("changes", cwd=clone).stderr == "1 block changed since HEAD: mail changed (in place)\n"


def test_a_check_tells_of_line_endings_alone_and_how_git_leaves_them(clone: Path, run_tfgen: RunTfgen) -> None:
    result = run_tfgen("check", cwd=clone)

    assert (result.exit_code, result.stdout) == (2, "")
    drifted = [line for line in result.stderr.splitlines() if "warning: " not in line]
    assert drifted == [
        f"out/{name}: line endings: its lines end in CRLF, and are the same otherwise; "
        "run `tfgen render`, and write `*.tf text eol=lf` into .gitattributes, so that git leaves them as they are"
        for name in ("main.tf", "outputs.tf")
    ]


def test_the_remedy_for_line_endings_lasts(clone: Path, run_tfgen: RunTfgen, repository: Repository) -> None:
    with (repository.root / ".gitattributes").open("a", encoding="utf-8") as attributes:
        attributes.write("*.tf text eol=lf\n")
    repository.commit()
    again = clone.parent / "again"
    repository.git("clone", "--quiet", "-c", "core.autocrlf=true", f"file://{repository.root}", str(again))
    assert run_tfgen("check", cwd=again).exit_code == 0
