"""The examples of `README.md`, done: each prints what is shown, with its numbers and its lines."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.run import like_services, unlike_services
from tests.support.documents import Block, sections, sessions
from tests.support.paths import ROOT
from tests.support.project import RunTfgen
from tests.support.rendering import CATALOGUE
from tests.support.repository import Repository

README = {section.title: section for section in sections(ROOT / "README.md")}
CONSOLES = [
    (title, index)
    for title, section in README.items()
    for index, block in enumerate(section.blocks)
    if block.language == "console"
]

Edit = Callable[[Repository], None]


def block_of(title: str, index: int) -> Block:
    return README[title].blocks[index]


def writes(*replaced: tuple[str, str], file: str = "services.yaml") -> Edit:
    """Return an edit that puts texts into a file in place of others, each of which is there once."""

    def edit(repository: Repository) -> None:
        text = (repository.root / file).read_text("utf-8")
        for written, instead in replaced:
            assert text.count(written) == 1, written
            text = text.replace(written, instead)
        repository.write(file, text)

    return edit


def adds_reports(repository: Repository) -> None:
    added = next(block.code for block in README["tfgen"].blocks if block.code.startswith("\n  reports:"))
    repository.write("services.yaml", (repository.root / "services.yaml").read_text("utf-8") + added)


def adds_an_override_file(repository: Repository) -> None:
    repository.write(
        "generated/compute/image_override.tf",
        'resource "aws_ecs_task_definition" "worker" {\n  container_definitions = "[]"\n\n'
        '  provisioner "local-exec" {\n    command = "true"\n  }\n}\n',
    )


def plans(repository: Repository) -> None:
    """Change the worker's size and buckets on a branch, and plan it with a service of another size, and with more."""
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    writes(
        ("    kind: worker\n", "    kind: worker\n    stop_timeout: 60\n"),
        ("[read, write, delete, list]", "[read, write, list]"),
    )(repository)
    worker = "module.compute.aws_ecs_task_definition.worker", "module.compute.aws_ecs_service.worker"
    changes = {
        worker[0]: {"actions": ["delete", "create"], "after": {}},
        worker[1]: {"actions": ["update"], "after": {"desired_count": 3}},
        "module.network.aws_subnet.private[0]": {"actions": ["update"], "after": {}},
    }
    plan = {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": [
            {
                "address": address,
                "mode": "managed",
                "type": address.rpartition(".")[0].rpartition(".")[2],
                "change": {"before": {}, "after_unknown": {}, **change},
            }
            for address, change in changes.items()
        ],
    }
    repository.write("plan.json", json.dumps(plan))


def is_a_small_project(repository: Repository) -> None:
    """Take a folder without templates: here they are the built-in ones."""
    shutil.rmtree(repository.root / "generated")
    repository.write("services.yaml", CATALOGUE)


def takes_the_template(repository: Repository) -> None:
    template = README["Overriding a template"].blocks[0]
    assert template.language == "jinja"
    repository.write("templates/module/terraform.tf.j2", template.code)


EDITS: dict[tuple[str, int], list[Edit]] = {
    ("tfgen", 5): [
        writes(
            (
                'name              = "/cricksy-ai/api"\n  retention_in_days = 30',
                'name              = "/cricksy-ai/api"\n  retention_in_days = 7',
            ),
            file="generated/compute/main.tf",
        )
    ],
    ("Errors", 0): [
        writes(
            ("  cpu: 512\n", "  cpu: 500\n"),
            ("    port: 8000\n", "    prot: 8000\n"),
            ("listener: http", "listner: http"),
            ("${var.backend_cors_origins}", "${var.backend_cors_origins"),
            ("kind: worker", "kind: wroker"),
        )
    ],
    ("Errors", 1): [
        writes(
            ("var.sg_app_id", "var.sg_ap_id"),
            ("DATABASE_URL: db_url", "DATABASE_URL: db_ur"),
            ("${var.backend_cors_origins}", "${aws_lb.application.dnsname}"),
        )
    ],
    ("Errors", 2): [adds_an_override_file],
    ("Commands", 0): [adds_reports],
    ("What a change does", 0): [
        writes(("log_group: api", "log_group: web"), ("[read, write, delete, list]", "[read, write, list]"))
    ],
    ("Where a line comes from", 0): [],
    ("Proving a plan", 0): [plans],
    ("Overriding a template", 1): [is_a_small_project],
}
"""What is done before an example, by its section and its place among the blocks of that."""


@pytest.fixture
def repository_of_the_readme(repository: Repository) -> Repository:
    """The project's own catalogue and module, committed."""
    shutil.copy(ROOT / "services.yaml", repository.root)
    shutil.copytree(ROOT / "generated", repository.root / "generated")
    repository.commit()
    return repository


def test_every_example_has_its_edits() -> None:
    assert [*EDITS] == CONSOLES


@pytest.mark.parametrize(("title", "index"), CONSOLES)
def test_tfgen_prints_what_the_readme_shows(
    title: str, index: int, repository_of_the_readme: Repository, run_tfgen: RunTfgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    for edit in EDITS[title, index]:
        edit(repository_of_the_readme)
    if title in ("Commands", "Overriding a template"):
        assert run_tfgen("render", cwd=repository_of_the_readme.root).exit_code == 0
    if title == "Overriding a template":
        takes_the_template(repository_of_the_readme)
    folder = ROOT if title == "Where a line comes from" else repository_of_the_readme.root
    for session in sessions(block_of(title, index)):
        result = run_tfgen(*session.arguments, cwd=folder)
        session.assert_is(result.stdout + result.stderr)


@pytest.mark.slow
def test_the_numbers_of_lines_are_right(tmp_path: Path, run_tfgen: RunTfgen) -> None:
    def lines(name: str, lay_out: Callable[[Path], None]) -> int:
        folder = tmp_path / name
        folder.mkdir()
        lay_out(folder)
        assert run_tfgen("render", cwd=folder).exit_code == 0
        return sum(len(path.read_text("utf-8").splitlines()) for path in folder.rglob("*.tf"))

    told = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) lines of HCL", README["Speed"].text)]
    own = sum(len(path.read_text("utf-8").splitlines()) for path in ROOT.glob("generated/compute/*.tf"))
    unlike = [lines(f"{number}-unlike", unlike_services(number)) for number in (1_000, 10_000)]
    assert told == [*unlike, lines("like", like_services(1_000)), own]
