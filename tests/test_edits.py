"""Edits of a catalogue as their author makes them: told by `tfgen changes` and `tfgen report` on a real repository."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.project import RunTfgen
from tests.support.repository import Repository

Edit = Callable[[str], str]
Parts = dict[str | None, tuple[str, str]]
"""Of each part that an edit changes, by its service, or by none for what all share: its state and its meaning."""

LOAD_BALANCER = "    load_balancer: {target_group: api, listener: http}\n"
REPORTS = """
  reports:
    kind: worker
    command: [python, reports.py]
    role: own
"""


def replaced(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    return edit


def both(first: Edit, second: Edit) -> Edit:
    return lambda text: second(first(text))


def without_worker(text: str) -> str:
    return text[: text.index("  worker:\n")].rstrip() + "\n"


EDITS: dict[str, tuple[Edit, Parts]] = {
    "a service is added": (lambda text: text + REPORTS, {"reports": ("added", "creation")}),
    "a service is removed": (without_worker, {"worker": ("removed", "data loss")}),
    "a service is renamed": (
        replaced("  worker:\n", "  video:\n"),
        {"video": ("added", "creation"), "worker": ("removed", "data loss")},
    ),
    "a kind changes": (
        both(replaced("kind: backend\n    port: 8000\n", "kind: worker\n"), replaced(LOAD_BALANCER, "")),
        {"backend": ("changed", "perhaps replacement")},
    ),
    "defaults change for every service": (
        replaced("cpu: 512", "cpu: 256"),
        {"backend": ("changed", "new task revision"), "worker": ("changed", "new task revision")},
    ),
    "two services change at once": (
        both(
            replaced("log_group: api", "log_group: api\n    desired_count: 2"),
            replaced("queue: cricksy-video-analysis-prod", "queue: cricksy-video-analysis-prod\n    stop_timeout: 60"),
        ),
        {"backend": ("changed", "in place"), "worker": ("changed", "new task revision")},
    ),
    "one service goes as another comes": (
        lambda text: without_worker(text) + REPORTS,
        {"worker": ("removed", "data loss"), "reports": ("added", "creation")},
    ),
    "what all share changes": (
        replaced("tier: compute", "tier: backend"),
        {None: ("changed", "in place"), "backend": ("changed", "in place"), "worker": ("changed", "in place")},
    ),
    "comments change": (lambda text: f"# new\n{text}\n# newer\n".replace("  worker:", "  # the\n  worker:"), {}),
}


@pytest.fixture
def catalogue(repository: Repository) -> Path:
    """The repository's own catalogue, committed with what it renders."""
    shutil.copytree(ROOT / "generated", repository.root / "generated")
    shutil.copy(ROOT / "services.yaml", repository.root)
    repository.commit()
    return repository.root / "services.yaml"


def told(run_tfgen: RunTfgen, catalogue: Path, *arguments: str) -> dict[str, Any]:
    result = run_tfgen("changes", "--format", "json", *arguments, cwd=catalogue.parent)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def reported(run_tfgen: RunTfgen, catalogue: Path, *arguments: str) -> str:
    result = run_tfgen("report", *arguments, cwd=catalogue.parent)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_these_parts_and_means_this(name: str, catalogue: Path, run_tfgen: RunTfgen) -> None:
    edit, expected = EDITS[name]
    catalogue.write_text(edit(catalogue.read_text("utf-8")), "utf-8")

    found = told(run_tfgen, catalogue)

    assert {part["service"]: (part["state"], part["meaning"]) for part in found["parts"]} == expected


@pytest.mark.parametrize("name", [name for name, (_, parts) in EDITS.items() if parts])
def test_text_json_and_document_tell_the_same(
    name: str, catalogue: Path, repository: Repository, run_tfgen: RunTfgen
) -> None:
    edit, _ = EDITS[name]
    catalogue.write_text(edit(catalogue.read_text("utf-8")), "utf-8")
    base = ("--base", repository.git("rev-parse", "HEAD"))
    parts = told(run_tfgen, catalogue, *base)["parts"]

    table = run_tfgen("changes", *base, cwd=catalogue.parent).stdout
    document = reported(run_tfgen, catalogue)

    for part in parts:
        name = f"`{part['service']}`" if part["service"] else "module"
        assert re.search(rf"^\| {name} \| {part['state']}[^|]* \| {part['meaning']} \|$", document, re.MULTILINE)
        for block in part["blocks"]:
            assert re.search(rf"{re.escape(block['address'])} .*{block['action']}", table)
            assert block["address"].removeprefix("module.compute.output.") in document
        for field in part["fields"]:
            where = field["where"]
            assert f"{where['file']}:{where['line']}:{where['column']}" in table
            is_listed = f"`{where['file']}:{where['line']}:{where['column']}`" in document
            assert is_listed == (part["state"] == "changed")  # a new service stands beside the one most like it


def test_a_document_names_the_base_so_that_it_stays_true(
    catalogue: Path, repository: Repository, run_tfgen: RunTfgen
) -> None:
    catalogue.write_text(without_worker(catalogue.read_text("utf-8")) + REPORTS, "utf-8")
    parts = told(run_tfgen, catalogue)["parts"]
    document = reported(run_tfgen, catalogue)

    repository.commit()
    (base,) = re.findall(r"^tfgen verify-plan plan\.json --base (\S+)$", document, re.MULTILINE)

    assert f"**Compared with:** `{base}`" in document
    assert told(run_tfgen, catalogue)["parts"] == []
    again = told(run_tfgen, catalogue, "--base", base)["parts"]
    assert [part["blocks"] for part in again] == [part["blocks"] for part in parts]
    assert document == reported(run_tfgen, catalogue, "--base", base)


def test_a_change_in_comments_alone_is_none(catalogue: Path, repository: Repository, run_tfgen: RunTfgen) -> None:
    edit, _ = EDITS["comments change"]
    catalogue.write_text(edit(catalogue.read_text("utf-8")), "utf-8")

    changes = run_tfgen("changes", cwd=catalogue.parent)

    assert (changes.exit_code, changes.stdout, changes.stderr.splitlines()[-1]) == (0, "", "nothing changed since HEAD")
    base = repository.git("rev-parse", "HEAD")
    assert f"Nothing that Terraform sees differs from `{base}`." in reported(run_tfgen, catalogue)


def test_a_base_without_the_catalogue_makes_everything_new(
    catalogue: Path, repository: Repository, run_tfgen: RunTfgen
) -> None:
    repository.git("rm", "--quiet", "--cached", "services.yaml")
    repository.commit_index()

    found = told(run_tfgen, catalogue)

    assert {part["service"]: (part["state"], part["meaning"]) for part in found["parts"]} == {
        None: ("added", "creation"),
        "backend": ("added", "creation"),
        "worker": ("added", "creation"),
    }
    assert "| `worker` | added | creation |" in reported(run_tfgen, catalogue)


def test_a_service_that_only_its_key_tells_from_one_that_went_is_told_as_renamed(
    catalogue: Path, run_tfgen: RunTfgen
) -> None:
    edit, _ = EDITS["a service is renamed"]
    catalogue.write_text(edit(catalogue.read_text("utf-8")), "utf-8")

    found = told(run_tfgen, catalogue)

    assert {part["service"]: part["renamed_from"] for part in found["parts"]} == {"video": "worker", "worker": None}


def test_another_file_can_be_the_base(catalogue: Path, run_tfgen: RunTfgen) -> None:
    before = catalogue.with_name("before.yaml")
    before.write_text(without_worker(catalogue.read_text("utf-8")), "utf-8")

    found = told(run_tfgen, catalogue, "--base-file", "before.yaml")

    assert [(part["service"], part["state"]) for part in found["parts"]] == [("worker", "added")]
    assert "**Compared with:** `before.yaml`" in reported(run_tfgen, catalogue, "--base-file", "before.yaml")


def test_a_document_goes_to_a_file(catalogue: Path, run_tfgen: RunTfgen) -> None:
    catalogue.write_text(catalogue.read_text("utf-8") + REPORTS, "utf-8")

    result = run_tfgen("report", "--output", "change.md", cwd=catalogue.parent)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-1] == "wrote change.md"
    assert (catalogue.parent / "change.md").read_text("utf-8") == reported(run_tfgen, catalogue)


@pytest.mark.parametrize("command", ["changes", "report"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--base", "nope"),
            "nope: git does not know this commit; "
            "name a commit, a branch or a tag with --base REV, or give --base-file FILE",
        ),
        (("--base-file", "nope.yaml"), "nope.yaml: no such file; name another file with --base-file FILE"),
        (("--base-file", "/dev/null"), "/dev/null:1:1: the catalogue is empty; "),
        (("--base", "HEAD", "--base-file", "x"), "--base and --base-file cannot be used together; give one of them"),
    ],
)
def test_a_base_that_is_none_is_told(
    command: str, arguments: tuple[str, ...], message: str, catalogue: Path, run_tfgen: RunTfgen
) -> None:
    result = run_tfgen(command, *arguments, cwd=catalogue.parent)

    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
