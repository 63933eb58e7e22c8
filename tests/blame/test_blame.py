"""Where a generated line comes from: a line of a template, and keys of the catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.blame.origins import BlamedLine, Tie, blamed_line, blamed_lines
from generator.rendering.render import MAIN, Overrides
from generator.source.source import Key
from generator.workspace import Workspace
from tests.support.paths import CASES, DATA, ROOT
from tests.support.project import RunTfgen
from tests.support.rendering import NO_OVERRIDES, SMALL, module_of, module_with

LINES_ALONE = 30
"""How many lines of a file are also asked for one by one."""

LISTING = DATA / "blame-main.txt"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "generated", tmp_path / "generated")
    shutil.copy(ROOT / "services.yaml", tmp_path)
    return tmp_path


def test_every_line_of_this_repositorys_module_is_told(project: Path, run_tfgen: RunTfgen, update_golden: bool) -> None:
    result = run_tfgen("blame", "generated/compute/main.tf", cwd=project)
    assert (result.exit_code, result.stderr) == (0, "")
    told = result.stdout.replace(str(ROOT / "templates"), "templates")
    if update_golden:
        LISTING.write_text(told, "utf-8")
    assert told == LISTING.read_text("utf-8"), (
        "to accept what it says now: pytest tests/blame/test_blame.py --update-golden"
    )


def test_a_built_in_template_of_a_checkout_is_named_as_from_there(run_tfgen: RunTfgen) -> None:
    result = run_tfgen("blame", "generated/compute/main.tf:3", cwd=ROOT)
    assert result.stdout.startswith("templates/module/terraform.tf.j2:1  ")


def blamed_of(text: str) -> list[BlamedLine]:
    companions = {path.stem: path.read_text("utf-8") for path in (ROOT / "generated" / "compute").glob("*.tf")}
    return blamed_lines(module_of(text, **companions), "services.yaml", NO_OVERRIDES, MAIN)


def lines_of(text: str) -> list[str]:
    return [line.text for line in blamed_of(text)]


CATALOGUE = (ROOT / "services.yaml").read_text("utf-8")

OTHER_VALUES: list[tuple[Key, Any]] = [
    (("tags", "env"), "staging"),
    (("images", "backend", "repository"), "another"),
    (("images", "backend", "tag"), "v2"),
    (("network", "subnets"), "${var.public_subnets}"),
    (("defaults", "cpu"), 256),
    (("defaults", "memory"), 2048),
    (("defaults", "log_retention_days"), 7),
    (("defaults", "secrets", "DATABASE_URL"), "${aws_lb.application.arn}"),
    (("defaults", "environment", "AWS_REGION"), "us-east-1"),
    (("services", "backend", "port"), 9000),
    (("services", "backend", "load_balancer", "target_group"), "${var.vpc_id}"),
    (("services", "backend", "environment", "RUN_MIGRATIONS"), "false"),
    (("services", "worker", "queue"), "another"),
    (("services", "worker", "buckets", 0, "name"), "another"),
]


@pytest.mark.parametrize(("key", "value"), OTHER_VALUES, ids=str)
def test_another_value_changes_the_lines_that_are_blamed_on_its_key(key: Key, value: object) -> None:
    catalogue = yaml.safe_load(CATALOGUE)
    before = yaml.safe_dump(catalogue, sort_keys=False)
    holder = catalogue
    for step in key[:-1]:
        holder = holder[step]
    holder[key[-1]] = value
    old, new = blamed_of(before), lines_of(yaml.safe_dump(catalogue, sort_keys=False))
    assert len(old) == len(new), "the value changes lines, and neither adds nor removes any"
    changed = {number for number, (line, other) in enumerate(zip(old, new, strict=True)) if line.text != other}
    blamed = {
        number
        for number, line in enumerate(old)
        if any(origin.key == key and origin.tie is Tie.VALUE for origin in line.origins)
    }
    assert changed
    assert changed <= blamed
    names = {number for number in blamed if 'name      = "' in old[number].text or 'name  = "' in old[number].text}
    assert blamed - changed <= names, "but for the name of a variable, which is the entry's key"


def test_a_setting_that_is_not_written_is_told_as_a_default() -> None:
    line = next(
        line for line in blamed_lines(module_of(SMALL), "services.yaml", NO_OVERRIDES, MAIN) if " cpu" in line.text
    )
    assert [(origin.key, origin.tie) for origin in line.origins] == [(("services", "mail", "cpu"), Tie.DEFAULT)]


def test_a_template_of_the_projects_own_is_named() -> None:
    banner = Overrides("templates", {"service/banner.tf.j2": b"# one\n# {{ service.names.title }}\n"})
    with_banner = module_with(banner, SMALL)
    told = blamed_lines(with_banner, "services.yaml", banner, MAIN)
    line = next(line for line in told if line.text == "# Mail")
    assert str(line.template).startswith("templates/service/banner.tf.j2:2")


def test_a_record_that_passes_a_filter_is_followed() -> None:
    banner = Overrides(
        "templates",
        {
            "service/banner.tf.j2": b'# {{ service.names | attr("title") }}\n'
            b'# {{ service.statements | map(attribute="actions") | map("first") | join(" ") }}\n'
        },
    )
    told = blamed_lines(module_with(banner, SMALL + "    queue: letters\n"), "services.yaml", banner, MAIN)
    origins = {line.text: [origin.key for origin in line.origins] for line in told}
    assert origins["# Mail"] == [("services", "mail")]
    assert "# sqs:ReceiveMessage" in origins


FILES = "generated/compute/main.tf or generated/compute/outputs.tf"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("main.tf:375", "main.tf: it has no line 375: it has 374 lines; use 1 to 374"),
        ("main.tf:0", "main.tf: it has no line 0: it has 374 lines; use 1 to 374"),
        ("main.tf:x", "main.tf: `x` is not a line number; write a number, such as main.tf:1"),
        ("alb.tf:3", f"alb.tf: it is written by hand, not generated; name {FILES}"),
        ("nope.tf", f"nope.tf: services.yaml does not render this file; name {FILES}"),
    ],
)
def test_what_is_no_generated_line_is_refused(asked: str, said: str, project: Path, run_tfgen: RunTfgen) -> None:
    result = run_tfgen("blame", asked, cwd=project)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{said}\n")


def test_a_file_that_has_drifted_is_refused(project: Path, run_tfgen: RunTfgen) -> None:
    main = project / "generated" / "compute" / "main.tf"
    main.write_text(main.read_text("utf-8").replace("retention_in_days = 30", "retention_in_days = 7", 1), "utf-8")
    result = run_tfgen("blame", "main.tf:3", cwd=project)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "main.tf: it is not what the catalogue renders, so its lines cannot be traced; run `tfgen render`\n"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_line_of_a_case_is_told(case: Path) -> None:
    workspace = Workspace(case / "services.yaml")
    rendered = workspace.rendered()
    module = module_of(
        (case / "services.yaml").read_text("utf-8"),
        **{Path(name).stem: content.decode() for name, content in rendered.edition.companions.items()},
    )
    for file in module.files:
        told = blamed_lines(module, "services.yaml", NO_OVERRIDES, file.name)
        for number in range(1, len(told) + 1, 1 + len(told) // LINES_ALONE):
            assert blamed_line(module, "services.yaml", NO_OVERRIDES, file.name, number) == told[number - 1]
        assert [line.text for line in told] == file.text.splitlines()
        for line in told:
            assert line.template.line > 0
            assert all(module.source.holds(o.key) for o in line.origins if o.tie is not Tie.DEFAULT)
