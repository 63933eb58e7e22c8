"""What `docs/catalogue.md` says is so: its tables, its examples, and what tfgen prints of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from generator.catalogue.kinds import all_kinds
from generator.catalogue.model import Catalogue, defaults_of_all_kinds
from generator.errors import listed
from generator.settings.parts import ListOf, MappingOf, OneOrMore, OrPart, Part, PartOf, Setting, known_settings
from generator.settings.values import OrExpression, OrFalse, ValueType
from tests.support.documents import CODE, Block, Section, sections, sessions
from tests.support.paths import ROOT
from tests.support.project import Project
from tests.support.rendering import catalogue_of, dumped

SECTIONS = {section.title: section for section in sections(ROOT / "docs/catalogue.md")}

BASE: dict[str, Any] = {
    "version": 1,
    "project": "shop",
    "module": {"path": "out", "address": "module.shop"},
    "images": {"web": {"repository": "shop-web", "tag": "1"}},
    "network": {"subnets": ["subnet-0a1b2c3d"], "security_groups": ["sg-0a1b2c3d"], "vpc": "vpc-0a1b2c3d"},
    "services": {"mail": {"kind": "worker", "image": "busybox:1.36"}},
}
"""What the document's examples are parts of."""

TOLD_ELSEWHERE = {"egress", "secret_options"}
"""Settings that are written as another one, which has the table."""

MET_TWICE = {("target_group", "health_check")}
"""Settings that have the name of another one, by what they are a part of."""

REQUIRED = {"port": 8080, "schedule": "rate(1 day)"}
"""What an example of one setting leaves out, beside its kind."""


# Tables


def documented() -> dict[str, list[tuple[str, str]]]:
    """Return each table of keys, by what it is about: its keys with what it says of their defaults."""
    found = {}
    for section in SECTIONS.values():
        for header, *rows in section.tables:
            if header[0].startswith("key"):
                about = header[0].removeprefix("key of ") if header[0] != "key" else section.title
                found[about] = [(CODE.findall(row[0])[0], row[header.index("default")]) for row in rows]
    return found


def expected() -> dict[str, Mapping[str, Setting]]:
    """Return the settings that each table of keys is for."""
    tables: dict[str, Mapping[str, Setting]] = {"The module": known_settings(Catalogue), **_of_kinds()}
    for settings in [*tables.values()]:
        tables = _of_parts(settings) | tables
    return tables


def _of_parts(settings: Mapping[str, Setting], above: str = "") -> dict[str, Mapping[str, Setting]]:
    """Return the settings of each part that a setting holds, and of the parts within it."""
    found: dict[str, Mapping[str, Setting]] = {}
    for name, it in settings.items():
        part = _part(it.type)
        if part and name not in TOLD_ELSEWHERE:
            title = f"`{name}` of `{above}`" if (above, name) in MET_TWICE else f"`{name}`"
            found |= {title: known_settings(part), **_of_parts(known_settings(part), name)}
    return found


def _of_kinds() -> dict[str, dict[str, Setting]]:
    kinds: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, model in all_kinds().items():
        for name, it in known_settings(model).items():
            kinds[name, it.description].append(f"`{kind}`")
    tables: defaultdict[str, dict[str, Setting]] = defaultdict(dict)
    for (name, _), having in kinds.items():
        it = known_settings(all_kinds()[having[0].strip("`")])[name]
        if len(having) == len(all_kinds()):
            title = "Services" if it.is_own else "Settings"
        else:
            title = f"Kind {having[0]}" if len(having) == 1 else f"Settings of {listed(having, 'and')}"
        tables[title][name] = it
    return tables


def _part(type_: ValueType[Any]) -> type[Part] | None:
    type_ = type_.literal if isinstance(type_, OrExpression | OrFalse) else type_
    item = type_.item if isinstance(type_, ListOf | MappingOf | OneOrMore) else type_
    return item.model if isinstance(item, PartOf | OrPart) else None


def test_each_setting_is_in_its_table_once() -> None:
    keys = {about: sorted(key for key, _ in rows) for about, rows in documented().items()}
    assert keys == {about: sorted(settings) for about, settings in expected().items()}


@pytest.mark.parametrize("about", expected())
def test_a_table_tells_the_defaults(about: str) -> None:
    settings = expected()[about]
    assert [key for key, told in documented()[about] if not _is_told(settings[key], told)] == []


def _is_told(it: Setting, told: str) -> bool:
    """Tell whether a cell says what holds where a key is not written; words say it of what has no value."""
    if it.is_required:
        return told.startswith("required")
    if isinstance(it.default, str | int):
        return told.strip("`") == (str(it.default).lower() if isinstance(it.default, bool) else str(it.default))
    return re.fullmatch("required.*|`.*`|[0-9]+", told) is None


def test_the_keys_that_no_defaults_take_are_named() -> None:
    sentence = re.search("`defaults` takes (.*?)[.]", SECTIONS["Defaults, and how they merge"].text, re.DOTALL)
    of_kinds = {name for kind in all_kinds().values() for name in known_settings(kind)}
    own = of_kinds - known_settings(defaults_of_all_kinds()).keys()
    assert sentence
    assert sorted(CODE.findall(sentence[1])) == sorted(own)


def test_each_kind_is_told_with_what_it_exports() -> None:
    _, *kinds = SECTIONS["Services"].tables[0]
    assert {CODE.findall(kind)[0] for kind, *_ in kinds} == set(all_kinds())
    _, *rows = SECTIONS["`outputs`"].tables[0]
    exports = {kind: CODE.findall(values) for names, values in rows for kind in CODE.findall(names)}
    assert exports == {kind: [*model.exports] for kind, model in all_kinds().items()}


def test_each_name_is_told_as_it_is() -> None:
    named = set()
    for kind in all_kinds():
        for role in ("shared", "own"):
            roles = {"role": role, "execution_role": role, "queue": "mails"} if kind != "service" else {}
            service = {**_least(kind), **roles, "security_group": {}}
            if kind == "backend":
                service["load_balancer"] = {"target_group": {}}
            blocks = catalogue_of(dumped({**BASE, "services": {"resize_images": service}})).main_blocks
            named |= {(block.address, block.name) for block in blocks}
    rows = [(CODE.findall(address), CODE.findall(name)) for _, address, name in SECTIONS["Names"].tables[0][1:]]
    assert {(*address, *name) for address, name in rows if address} <= named


# Examples


def whole(example: str) -> dict[str, Any]:
    """Return an example as a whole catalogue: it is a part of one, or of a service of the first kind that fits."""
    data = yaml.safe_load(example)
    if data.keys() <= known_settings(Catalogue).keys():
        return {**BASE, **data}
    fitting = [kind for kind, model in all_kinds().items() if data.keys() <= known_settings(model).keys()]
    kind = data.get("kind", fitting[0])
    return {**BASE, "services": {"mail": {**_least(kind), **data}}}


def _least(kind: str) -> dict[str, Any]:
    """Return a service of a kind that sets no more than it must."""
    if kind == "service":
        return {"kind": kind, "task_definition": "${var.task_definition_arn}"}
    required = {name: REQUIRED[name] for name in REQUIRED if name in known_settings(all_kinds()[kind])}
    return {"kind": kind, "image": "web", **required}


EXAMPLES = [
    block
    for section in SECTIONS.values()
    for block in section.blocks
    if block.language == "yaml" and yaml.safe_load(block.code)
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code.splitlines()[0])
def test_an_example_is_a_good_catalogue(example: Block) -> None:
    assert catalogue_of(dumped(whole(example.code))).services


@pytest.mark.parametrize(
    "section",
    [section for section in SECTIONS.values() if any("$ tfgen" in block.code for block in section.blocks)],
    ids=lambda section: section.title,
)
def test_tfgen_prints_what_is_shown(section: Section, project: Project) -> None:
    for block in section.blocks:
        if block.language == "yaml":
            catalogue = whole(block.code)
            project.says(dumped({**catalogue, "images": {}} if "images" not in block.code else catalogue))
            variables = "".join(f'variable "{name}" {{}}\n' for name in re.findall(r"\$\{var\.(\w+)\}", block.code))
            project.out.mkdir(exist_ok=True)
            (project.out / "variables.tf").write_text(variables, "utf-8")
        for session in sessions(block) if block.language == "console" else ():
            result = project.run(*session.arguments)
            shown = session._replace(pieces=[*map(without_places, session.pieces)])
            shown.assert_is(without_places(result.stdout + result.stderr))


def without_places(text: str) -> str:
    """Return what tfgen prints without lines and columns: an example shows a part of a catalogue."""
    return re.sub(r"^services\.yaml:\d+:\d+:", "services.yaml:", text, flags=re.MULTILINE)
