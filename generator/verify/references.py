"""Each reference of the rendered files leads to something that the folder declares and its type exports."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.companion import code_of
from generator.errors import Position, Problem, nearest
from generator.folder import is_override
from generator.hcl.references import declared
from generator.hcl.tokens import TokenError
from generator.provider.schema import aws
from generator.source import Key, Source, dotted
from generator.verify.module import Fragments, Module, not_a_token


def references_resolve(module: Module, fragments: Fragments) -> Iterator[Problem]:
    """Yield what is declared twice, declared nowhere, or not exported, and the companions that cannot be read."""
    in_companions, problems = _companions_declare(module)
    yield from problems
    known = set(in_companions)
    for name, parts in fragments.items():
        for address, _ in (declaration for part in parts for declaration in part.outline.declared):
            known.add(address)
            if address in in_companions:
                what = f"it declares {address}, which {name} declares too"
                remedy = "remove it here, or rename what makes it in the catalogue"
                yield Problem(in_companions[address], "", what, remedy)
    if not problems:  # else what is declared there would be told of as declared nowhere
        yield from _lead_nowhere(module, fragments, known)


def _companions_declare(module: Module) -> tuple[dict[str, Position], list[Problem]]:
    """Return each address that a companion declares and its place, and what kept a companion from being read."""
    known: dict[str, Position] = {}
    problems = []
    for name, content in module.companions.items():
        file = module.path(name)
        try:
            found = declared(code_of(name, content))
        except TokenError as error:
            problems.append(not_a_token(file, content.decode("utf-8-sig"), error, "mend the file"))
        except UnicodeDecodeError:
            problems.append(Problem(Position(file), "", "not Terraform's language: it is not UTF-8", "mend the file"))
        else:
            if not is_override(name):  # what is declared there is declared elsewhere too
                known |= {declaration.address: Position(file, declaration.line, 1) for declaration in found}
    return known, problems


def _lead_nowhere(module: Module, fragments: Fragments, known: Collection[str]) -> Iterator[Problem]:
    """Each fault is told once for each catalogue value that brings it in."""
    told = set()
    for file, parts in fragments.items():
        needed = [reference for part in parts for reference in part.outline.needed]
        pairs = {(address, attribute) for address, attribute, _ in needed}
        faults = {pair: fault for pair in pairs if (fault := _fault(module, *pair, known))}
        if not faults:
            continue
        owners = module.owners(file, parts)
        for address, attribute, line in needed:
            if (address, attribute) not in faults:
                continue
            what, remedy = faults[address, attribute]
            origin = _origin(module.source, owners.entry(line), address)
            if (what, origin) not in told:
                told.add((what, origin))
                what = f"{what} ({file} needs it in line {line})"
                yield Problem(module.source.position(origin), dotted(origin), what, remedy)


def _fault(module: Module, address: str, attribute: str, known: Collection[str]) -> tuple[str, str] | None:
    return _unresolved(module, address, known) or _not_exported(address, attribute)


def _unresolved(module: Module, address: str, known: Collection[str]) -> tuple[str, str] | None:
    if address in known:
        return None
    of_its_type = [name for name in known if name.rpartition(".")[0] == address.rpartition(".")[0]]
    near = nearest(address, of_its_type)
    remedy = f"did you mean `{near}`?" if near else "declare it in a file of that folder"
    return f"{address} is declared nowhere in {module.folder_name}", remedy


def _not_exported(address: str, attribute: str) -> tuple[str, str] | None:
    schema = aws().of_address(address)
    if schema is None or not attribute or attribute in schema.exported:
        return None
    near = nearest(attribute, schema.exported)
    remedy = f"did you mean `{near}`?" if near else f"use an attribute that AWS provider {aws().version} exports"
    return f"{address} has no attribute `{attribute}`", remedy


def _origin(source: Source, entry: Key, address: str) -> Key:
    """Return the catalogue value that brings a reference into a block: it holds the address, or names its end."""
    holds_address = re.compile(rf"(?<![\w.-]){re.escape(address)}(?![\w-])")
    name = address.rpartition(".")[2]
    own = [*source.scalars(entry[:2]), *source.scalars(("defaults",)), *source.scalars(())]
    for key, text in own:
        if holds_address.search(text):
            return key
    named = [key for key, text in own if text == name]
    return max(named, key=lambda key: str(key[-1]) in address, default=entry)
