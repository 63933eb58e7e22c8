"""Texts of an author who means harm, through every place of a catalogue where a text may stand."""

from __future__ import annotations

import functools
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.catalogue.read import read
from generator.errors import Rejection, TfgenError
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breached
from generator.source.source import Source
from generator.verify.module import RenderedModule
from generator.verify.verify import verify
from tests.support.places import COMPANION, SERVICE, Place, filled, places
from tests.support.project import RunTfgen
from tests.support.rendering import NAME, module_of
from tests.support.strategies import escaped, written_by_settings
from tests.support.terraform_program import fmt_all, hashicorp_reads, needs_terraform, needs_tfparse

PLACES = list(places())
KINDS = sorted({place.kind for place in PLACES})
HARMLESS = "har/mless:1"
_NAMED_BY_OTHERS = ("terraform", "container_definition")
FREE = Place("worker", ("services", "abc", "environment", "abc"))

PIECES = [
    *('"', '"]}', '"}\n', "'", "\\", '\\"', "\\u0024{", "\\${x}", "$", "%", "$$", "{", "}", "}}", "]", ")", "= ["),
    *("${", "%{", "$${", "%%{", "$$${", "%%%{", "$%{", "%${", "${}", "%{if true}a%{endif}", "$${a}", "~}"),
    *("\n", "\r", "\r\n", "\t", "\n}\n", '"\n}\nresource "aws_iam_user" "x" {\n}\n', "\x00", "\x07", "\x1b[2J", "\x7f"),
    *("\x85", "\u2028", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud800", "\udfff", "e\u0301", "\U000e0001", "\uffff"),
    *("*/", "/*", "/* */", "//", "#", "# x\n", "<<EOT", "<<EOT\nx\nEOT\n", "<<-EOT\n", "\nEOT\n"),
    *("jsonencode(", "file(", "null ", "true ", "~ ", "- a", "? a", "!!python/name:os.system", "*a", "&a b", "<<: a"),
    *("{{ 7*7 }}", "{% raw %}", "{# x", "{{ catalogue.__class__ }}", "{% endraw %}{{ 7*7 }}", "__class__"),
]
ALL = unicodedata.normalize("NFC", re.sub("[\x00\ud800-\udfff]", "", "".join(PIECES))) + "a/b:c"
VALUES = [*(f"a/{piece}:b" for piece in PIECES), ALL]
"""An image would be taken as it is, if it were such a text."""

TEXTS = list(dict.fromkeys([*VALUES, *map(escaped, VALUES)]))
"""As a catalogue says them: with their `${` as the beginning of an expression, and as characters."""

EXPRESSIONS = [
    *('${"}"}', '${"}\\n}\\nresource"}', '${"${"}"}"}', '${"a}${"b{"}c"}', '${{a = "}"}}', '${[for x in [1] : "}"]}'),
    *(
        '${a}\n}\nresource "x" "y" {',
        '${var.a}\n}\nresource "x" "y" {\n',
        "${var.a\n}",
        '${\n"a"\n}',
        "${<<EOT\n}\nEOT\n}",
    ),
    *(
        "${<<-EOT\nx\nEOT\n}",
        '${"<<EOT"}',
        "${a /* } */}",
        "${1 /* } */}",
        "${1 // }",
        "${1 # }",
        "${1 # }\n}",
        '${"/*"}',
    ),
    *(
        "${",
        "${}",
        "${{}",
        "${}}",
        "${)}",
        "${(}",
        "${]}",
        "${[}",
        '${"}',
        '${"\\"}',
        "${1}}",
        "${1 2}",
        "${1}{",
        "${1,2}",
    ),
    *(
        "${1}\nx = 2",
        "${1; 2}",
        "${x = 1}",
        "${a {}}",
        '${"%{ if true }a%{ endif }"}',
        '${"%{"}',
        '${"$${"}',
        '${"\\q"}',
    ),
    *(
        "%{if true}",
        "%{ for x in [1] }",
        '${"a"}%{',
        '$${"}',
        '$$${"a"}',
        '%%${"a"}',
        "${~ 1 ~}",
        '${"a" "b"}',
        "${1}${2}",
    ),
    *(
        '${jsonencode({a = "}"})}',
        '${"]}"}',
        '${"\u202e}"}',
        "${'}'}",
        "${`}`}",
        "${1\r}",
        "${\x851}",
        "${1\u2028}",
        "${\ufeff1}",
    ),
]


def problems_of(text: str) -> tuple[str, ...]:
    """Return what is told about a catalogue before anything is rendered."""
    try:
        read(Source(text, NAME))
    except TfgenError as error:
        return tuple(map(str, error.problems))
    return ()


def says_characters(text: str) -> bool:
    """Tell whether a text may stand in a catalogue, and holds no expression."""
    try:
        return is_literal(text) and not re.search("[\x00\ud800-\udfff]|e\u0301", text)
    except Rejection:
        return False


def takers(text: str, like: str, kind: str) -> list[Place]:
    """Return the places that take a text, among those that take one like it, and put it into a file."""
    return [place for place in _all_takers(like, kind) if not problems_of(place.filled(text))]


@functools.cache
def _all_takers(text: str, kind: str) -> list[Place]:
    found = [place for place in PLACES if place.kind == kind and not problems_of(place.filled(text))]
    found = [place for place in found if not _goes_with_no_other(place) and _is_complete(place, text)]
    # ECS refuses a name that is in both `environment` and `secrets`
    left_out = {"path", "environment"} if any("secrets" in place.steps for place in found) else {"path"}
    return [place for place in found if not left_out.intersection(place.steps)]


_ALONE = {"capacity_provider_strategy", "log_group", "managed", "queues", "when"}
"""Keys beside which others may not be written, or with which blocks may not be there."""


def _goes_with_no_other(place: Place) -> bool:
    """Tell whether a place says what others say, or takes expressions of one type alone."""
    steps = [str(step) for step in place.steps]
    said = [".".join(steps[steps.index(root) + (root == "terraform") :]) for root in _NAMED_BY_OTHERS if root in steps]
    is_said_twice = any(f"{path}.".startswith(f"{one}.") for path in said for one in written_by_settings())
    is_of_one_type = steps[-1] == "secrets" or not {"environment_from", "secrets_from"}.isdisjoint(steps)
    is_instead_of_a_name = steps[-1] == "arn" and len(steps) == len(SERVICE) + 3
    return is_said_twice or is_of_one_type or is_instead_of_a_name or not _ALONE.isdisjoint(steps)


def _is_complete(place: Place, text: str) -> bool:
    """Tell whether what a place is in has all that is required: the schema does not say what is."""
    if not set(_NAMED_BY_OTHERS).intersection(map(str, place.steps)):
        return True
    try:
        files_of(place.filled(text))
    except Breached:
        return False
    return True


_ONLY_AN_APPLY_TELLS = re.compile(r"\bdata\.aws_\w+\.\w+\.\w+|\baws_\w+\.\w+\.(arn|repository_url)")


def is_told(line: str) -> bool:
    """Tell whether a line names a place in the catalogue, what is wrong, and a remedy."""
    return line.isprintable() and re.fullmatch(r"services\.yaml:[1-9][0-9]*:[1-9][0-9]*: .+; .+", line) is not None


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_place_takes_a_text_or_says_where_and_why_not(place: Place) -> None:
    for text in PIECES:
        lines = problems_of(place.filled(text))
        assert all(map(is_told, lines)), text


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_place_takes_a_megabyte_or_says_where_and_why_not(place: Place) -> None:
    for piece in ("a", "\u202e"):
        lines = problems_of(place.filled(piece * ((1 << 18) // len(piece))))
        assert all(map(is_told, lines)), piece
        assert all(len(line) < 10_000 for line in lines), piece


def test_a_text_of_any_characters_is_taken_where_texts_are_free() -> None:
    for value in VALUES:
        is_refused = bool(problems_of(FREE.filled(escaped(value))))
        assert is_refused == bool(re.search("[\x00\ud800-\udfff]|e\u0301", value)), value


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_is_a_line_each_and_nothing_is_written(kind: str, tmp_path: Path, run_tfgen: RunTfgen) -> None:
    for number, text in enumerate(PIECES if kind == "worker" else [ALL]):
        refusers = [place for place in PLACES if place.kind == kind and problems_of(place.filled(text))]
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / NAME).write_bytes(filled(text, kind, refusers).encode())

        result = run_tfgen("render", cwd=folder)

        assert (result.exit_code, result.stdout, os.listdir(folder)) == (1, "", [NAME]), text
        *lines, last = result.stderr.removesuffix("\n").split("\n")
        assert all(map(is_told, lines)), text
        assert is_told(last) or re.fullmatch(r"services\.yaml: [1-9][0-9]* more errors; fix these first", last), text


@needs_tfparse
@needs_terraform
@pytest.mark.parametrize("kind", KINDS)
def test_hashicorps_parser_reads_each_text_back_and_nothing_else_differs(kind: str) -> None:
    texts = [text for text in TEXTS if says_characters(text)] if kind == "worker" else [escaped(ALL)]
    chosen = {text: takers(text, HARMLESS, kind) for text in texts}
    pairs = [(text, filled(text, kind, places), filled(HARMLESS, kind, places)) for text, places in chosen.items()]
    rendered = {catalogue: files_of(catalogue) for _, *catalogues in pairs for catalogue in catalogues}

    for _, hostile, _ in pairs[::10]:
        verified(hostile)
    written = [text for files in rendered.values() for text in files.values()]
    assert fmt_all(written) == written
    read_back = hashicorp_reads([evaluable(files) for files in rendered.values()])
    found = dict(zip(rendered, map(meaning, read_back), strict=True))
    for text, hostile, harmless in pairs:
        assert found[hostile] == replaced(found[harmless], characters(text)), text


@needs_tfparse
@needs_terraform
def test_an_expression_adds_no_block_and_removes_none() -> None:
    modules = [module for text in EXPRESSIONS for module in _rendered_wherever_taken(text)]
    assert len(modules) > len(EXPRESSIONS) / 2

    written = [file.text for module in modules for file in module.files]
    assert fmt_all(written) == written
    read_back = hashicorp_reads([{file.name: file.text for file in module.files} for module in modules])
    for module, found in zip(modules, read_back, strict=True):
        implied = [*module.catalogue.main_blocks, *module.catalogue.output_blocks]
        addresses = [block["__tfmeta"]["path"] for blocks in found.values() for block in blocks]
        assert sorted(addresses) == sorted(block.address for block in implied)


def _rendered_wherever_taken(text: str) -> Iterator[RenderedModule]:
    """Yield modules with a text alone and within other text; none for one that no place takes."""
    for placed, like in ((text, "${var.a}"), (f"a/{text}:b", HARMLESS)):
        chosen = takers(placed, like, "worker")
        if chosen:
            yield verified(filled(placed, "worker", chosen))


def files_of(catalogue: str) -> dict[str, str]:
    return {file.name: file.text for file in module_of(catalogue, companion=COMPANION).files}


def verified(catalogue: str) -> RenderedModule:
    """Return a catalogue's module, which python-hcl2 reads as it should be."""
    module = module_of(catalogue, companion=COMPANION)
    verify(module)
    return module


def characters(text: str) -> str:
    """Return the characters that a catalogue's text stands for."""
    return text.replace("$${", "${").replace("%%{", "%{")


def evaluable(files: dict[str, str]) -> dict[str, str]:
    """Return files in which nothing is left that an apply alone can tell, since it would hide what stands beside it."""
    known = 'locals {\n  known = "known"\n}\n'
    texts = {name: _ONLY_AN_APPLY_TELLS.sub("local.known", text) for name, text in files.items()}
    return {**texts, "known.tf": known}


def meaning(module: Any) -> Any:
    """Return what a module says, without the numbers that tfparse makes up and without lines."""
    return _plain(module, {block["id"]: block["__tfmeta"]["path"] for blocks in module.values() for block in blocks})


def _plain(value: Any, paths: dict[str, str]) -> Any:
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if key not in ("__tfmeta", "id")}
        return {key: _plain(inner, paths) for key, inner in kept.items()}
    if isinstance(value, list):
        return [_plain(inner, paths) for inner in value]
    if isinstance(value, str) and value.startswith(("[{", '{"')):
        return _plain(json.loads(value), paths)
    return paths.get(value, value)


def replaced(value: Any, text: str) -> Any:
    """Return what a module with the harmless text says, with another in its place."""
    if isinstance(value, dict):
        return {replaced(key, text): replaced(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, text) for inner in value]
    return value.replace(HARMLESS, text) if isinstance(value, str) else value
