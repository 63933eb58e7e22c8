"""Templates of a project's own that have no effect are told of; those that have one are not."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from generator.rendering.render import built_in_templates
from tests.support.paths import ROOT
from tests.support.project import Project

BANNER = "service/banner.tf.j2"
NO_EFFECT = "warning: it has no effect: no built-in template has its name, and no template includes it"


def validated_with(project: Project, **templates: str) -> str:
    """Return what is said of a project with these templates, above the line that says that it is valid."""
    for name, text in templates.items():
        path = project.root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    result = project.run("validate")
    assert result.exit_code == 0
    assert result.stderr.endswith("services.yaml is valid: 1 service\n")
    return result.stderr.removesuffix("services.yaml is valid: 1 service\n")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("service/baner.tf.j2", BANNER),
        ("service/banner.tf", BANNER),
        ("service/banner.j2", BANNER),
        ("banner.tf.j2", BANNER),
        ("kinds/wroker/service.tf.j2", "kinds/worker/service.tf.j2"),
        ("Main.tf.j2", "main.tf.j2"),
    ],
)
def test_a_misspelt_name_is_told_with_the_one_that_it_may_stand_for(project: Project, name: str, meant: str) -> None:
    told = validated_with(project, **{name: "# mine\n"})

    assert told == f"templates/{name}: {NO_EFFECT}; did you mean `templates/{meant}`?\n"


def test_a_template_like_no_other_is_told_of(project: Project) -> None:
    assert validated_with(project, **{"x.j2": ""}) == f"templates/x.j2: {NO_EFFECT}; include it, or remove it\n"


@pytest.mark.parametrize("name", ["README.md", "service/.banner.tf.j2.swp", ".gitkeep"])
def test_what_cannot_be_meant_as_a_template_is_passed_over(project: Project, name: str) -> None:
    assert validated_with(project, **{name: ""}) == ""


@pytest.mark.parametrize(
    "path", sorted(built_in_templates().rglob("*.j2")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_an_overridden_template_has_an_effect(project: Project, path: Path) -> None:
    name = path.relative_to(built_in_templates()).as_posix()

    assert validated_with(project, **{name: path.read_text(encoding="utf-8")}) == ""


@pytest.mark.parametrize(
    "banner",
    [
        "{% include 'own.j2' %}",
        "{% import 'own.j2' as own %}# {{ own.x }}",
        "{% extends 'own.j2' %}",
        "{% include 'o' ~ 'wn' ~ '.j2' %}",
        "{% if services[0].queue %}{% include 'own.j2' %}{% endif %}# x",
        "{% include ['none.j2', 'own.j2'] %}",
    ],
)
def test_a_template_that_another_takes_in_has_an_effect(project: Project, banner: str) -> None:
    assert validated_with(project, **{BANNER: banner, "own.j2": "{% set x = 1 %}# x"}) == ""


def test_a_name_that_is_no_utf_8_is_told_of(project: Project) -> None:
    name = os.fsdecode(b"service/banner\xff.tf.j2")

    told = validated_with(project, **{name: "", BANNER: "# mine\n"})

    assert told == f"templates/service/banner\\udcff.tf.j2: {NO_EFFECT}; did you mean `templates/{BANNER}`?\n"


def test_a_template_that_names_itself_has_no_effect_for_that(project: Project) -> None:
    assert validated_with(project, **{"own.j2": "{# own.j2 #}"}).startswith("templates/own.j2: warning: ")


def test_a_template_without_effect_fails_no_check(project: Project) -> None:
    validated_with(project, **{"service/baner.tf.j2": ""})
    render, check = project.run("render"), project.run("check", "--format", "github")

    assert (render.exit_code, check.exit_code) == (0, 0)
    assert render.stderr.startswith("templates/service/baner.tf.j2: warning: ")
    assert check.stdout.startswith("::warning file=templates/service/baner.tf.j2,title=tfgen::")


def test_the_list_of_templates_is_that_of_the_folder() -> None:
    document = ROOT / "docs" / "templates.md"
    listed = re.findall(r"^\| `(\S+\.j2)` \|", document.read_text(encoding="utf-8"), re.MULTILINE)
    folder = built_in_templates()

    assert sorted(listed) == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.j2"))
