"""A reference says which instance it reads of a block with `count` or `for_each`, and of no other block.

Source: Terraform's documentation, "References to Named Values",
https://developer.hashicorp.com/terraform/language/expressions/references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.errors import Position, Problem
from generator.hcl.nodes import REPEATING
from generator.hcl.proof.proof import ProvenFile
from generator.hcl.references import ONE, Reference, referenced
from generator.hcl.structure import Code
from generator.verify.module import ProvenFiles, RenderedModule

_REPEATABLE = re.compile(r"data\.|module\.|[a-z0-9]+_")
"""How the address of what may be repeated begins: that of a variable or a local does not, which may be a list."""

_OF_OTHER_ADDRESSES = frozenset(("import", "moved", "removed"))
"""Blocks that tell of addresses before an apply, or behind one."""

_IN_TEXT = re.compile(r"(?:data\.)?[a-z0-9]+_\w+\.[\w-]+")

Repeated = dict[str, str]
"""The argument that repeats a block, by its address; nothing for a block that is not repeated."""


def repeated_in_rendered(files: ProvenFiles) -> Repeated:
    """Return what repeats each block of the rendered files."""
    return {address: how for file in files.values() for address, how in _repeated_in_file(file)}


def repeated_in(code: Code) -> Repeated:
    """Return what repeats each block of a hand-written file."""
    return {body.address: _repeating(body.names) for body in code.bodies}


def fault_of_instances(repeated: Repeated, address: str, attribute: str, instances: str) -> tuple[str, str] | None:
    """Return what is wrong with what a reference says of instances, and the remedy, if anything is."""
    if not _REPEATABLE.match(address) or address not in repeated:
        return None
    how = repeated[address]
    if how and attribute and not instances:
        key = "0" if how == "count" else '"key"'
        every = f"one({address}[*].{attribute})" if how == "count" else f"values({address})[*].{attribute}"
        what = f"{address} has `{how}`, and this does not say which instance it reads"
        return what, f"write `{address}[{key}].{attribute}`, or `{every}` where there may be none"
    if not how and instances == ONE:
        what = f"{address} has neither `count` nor `for_each`, and so no index"
        return what, f"write `{address}.{attribute}`" if attribute else f"write `{address}`"
    return None


def companions_say_which_instance(
    module: RenderedModule, codes: Mapping[str, Code], rendered: Repeated
) -> Iterator[Problem]:
    """Yield each reference of a hand-written file to a rendered block that Terraform does not take."""
    for name, code in codes.items():
        if not rendered.keys().isdisjoint(_IN_TEXT.findall(_text(module, name))):
            yield from _faults(module.path(name), code, rendered)


def _text(module: RenderedModule, name: str) -> str:
    return module.companions[name].decode("utf-8-sig")


def _faults(file: str, code: Code, rendered: Repeated) -> Iterator[Problem]:
    told = set()
    for one in _references(code):
        fault = fault_of_instances(rendered, one.address, one.attribute, one.instances)
        if fault and (one.line, fault) not in told:
            told.add((one.line, fault))
            yield Problem(Position(file, one.line, 1), "", *fault)


def _references(code: Code) -> Iterator[Reference]:
    """Yield what a file refers to, beside what tells of addresses before an apply, or behind one."""
    spans = [argument.span for body in code.bodies if body.type in _OF_OTHER_ADDRESSES for argument in body.arguments]
    for one in referenced(code):
        if not any(first <= one.offset <= last for first, last in spans):
            yield one


def _repeated_in_file(file: ProvenFile) -> Iterator[tuple[str, str]]:
    for part in file.parts:
        if part.form is not None:
            yield from ((block.address, _repeating(part.form.names)) for block in file.blocks_in(part))
        else:
            yield from repeated_in(Code(file.text(part))).items()


def _repeating(names: list[str]) -> str:
    return next((name for name in REPEATING if name in names), "")
