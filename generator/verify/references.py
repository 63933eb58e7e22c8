"""Each reference of the rendered files leads to something that the folder declares and its type exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import filterfalse

from generator.aws.schema import aws
from generator.errors import Position, Problem, folder_in_words, nearest
from generator.files.companion import code_of
from generator.files.folder import is_override
from generator.hcl.proof.lines import Read
from generator.hcl.references import declared
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError
from generator.source.source import dotted
from generator.verify.instances import (
    Repeated,
    companions_say_which_instance,
    fault_of_instances,
    repeated_in,
    repeated_in_rendered,
)
from generator.verify.module import ProvenFiles, RenderedModule, not_a_token
from generator.verify.origins import Origins

_MOST_COMPARISONS = 5_000
"""Names that unknown ones are compared with in all, which takes a tenth of a second: nobody reads more than some."""

_MOST_BYTES = 4 << 20
"""Size of a module's hand-written files together, whose tokens fit into a gigabyte."""

_LONGEST_NAME = 200
"""Characters of a name that is compared with others: that takes the square of its length."""


def references_resolve(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield what is declared twice, declared nowhere, or not exported, and the companions that cannot be read.

    A reference to a block with `count` that names no instance, and one with an index to any other, is told of too.
    """
    codes, problems = _companions_read(module)
    yield from problems
    in_companions = _declared_in(module, codes)
    known = set(in_companions)
    for name, proven in files.items():
        for address in proven.declared:
            known.add(address)
            if address in in_companions:
                what = f"it declares {address}, which {name} declares too"
                remedy = "remove it here, or rename what makes it in the catalogue"
                yield Problem(in_companions[address], "", what, remedy)
    if not problems:  # else what is declared there would be told of as declared nowhere
        rendered = repeated_in_rendered(files)
        repeated = dict(rendered)
        for name in filterfalse(is_override, codes):
            repeated |= repeated_in(codes[name])
        yield from _lead_nowhere(module, files, _Judge(known, repeated, module.folder_name))
        yield from companions_say_which_instance(module, codes, rendered)


def _companions_read(module: RenderedModule) -> tuple[dict[str, Code], list[Problem]]:
    """Return each companion by its name, and what kept one from being read."""
    codes: dict[str, Code] = {}
    problems = []
    if sum(map(len, module.companions.values())) > _MOST_BYTES:
        largest = max(module.companions, key=lambda name: len(module.companions[name]))
        what = f"the hand-written files together have more than {_MOST_BYTES >> 20} MiB, and this one is the largest"
        return codes, [Problem(Position(module.path(largest)), "", what, "keep it in another folder")]
    for name, content in module.companions.items():
        file = module.path(name)
        try:
            codes[name] = code_of(name, content)
        except TokenError as error:
            problems.append(not_a_token(file, content.decode("utf-8-sig"), error, "fix the file"))
        except UnicodeDecodeError as error:
            where = Position.behind(file, error.object[: error.start].decode())
            what = f"not Terraform's language: byte 0x{error.object[error.start]:02x} is not UTF-8"
            problems.append(Problem(where, "", what, "save the file in UTF-8"))
    return codes, problems


def _declared_in(module: RenderedModule, codes: Mapping[str, Code]) -> dict[str, Position]:
    """Return each address that a companion declares, and its place. What overrides say is declared elsewhere too."""
    return {
        declaration.address: Position(module.path(name), declaration.line, 1)
        for name, code in codes.items()
        if not is_override(name)
        for declaration in declared(code)
    }


def _lead_nowhere(module: RenderedModule, files: ProvenFiles, judge: _Judge) -> Iterator[Problem]:
    """Each fault is told once for each catalogue value that brings it in."""
    told = set()
    origins: Origins | None = None
    for file, proven in files.items():
        faults = {read: fault for read in proven.reads() if (fault := judge.fault(read))}
        if not faults:
            continue
        owners = module.owners(file, proven)
        origins = origins or Origins(module.source)
        for *words, line in proven.needed():
            read = Read(*words)
            if read not in faults:
                continue
            what, remedy = faults[read]
            origin = origins.of(read.address, owners.entry(line))
            if (what, origin) not in told:
                told.add((what, origin))
                what = f"{what} ({file} needs it in line {line})"
                yield Problem(module.source.position(origin), dotted(origin), what, remedy)


class _Judge:
    """Tells where references lead nowhere, and, for the first of them, what may be meant."""

    def __init__(self, known: Collection[str], repeated: Repeated, folder_name: str) -> None:
        self._known, self._repeated, self._folder_name = known, repeated, folder_name
        self._comparisons_left = _MOST_COMPARISONS

    @cached_property
    def _by_type(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for address in self._known:
            found[address.rpartition(".")[0]].append(address)
        return found

    def fault(self, read: Read) -> tuple[str, str] | None:
        """Return what is wrong with a reference, and the remedy, if anything is."""
        return (
            self._unresolved(read.address)
            or self._not_exported(read.address, read.attribute)
            or fault_of_instances(self._repeated, *read)
        )

    def _unresolved(self, address: str) -> tuple[str, str] | None:
        if address in self._known:
            return None
        near = self._nearest(address, self._by_type.get(address.rpartition(".")[0], ()))
        remedy = f"did you mean `{near}`?" if near else "declare it in a file of that folder"
        return f"{address} is not declared in {folder_in_words(self._folder_name)}", remedy

    def _not_exported(self, address: str, attribute: str) -> tuple[str, str] | None:
        schema = aws().of_address(address)
        if schema is None or not attribute or attribute in schema.exported:
            return None
        near = self._nearest(attribute, schema.exported)
        remedy = f"did you mean `{near}`?" if near else f"use an attribute that AWS provider {aws().version} exports"
        return f"{address} has no attribute `{attribute}`", remedy

    def _nearest(self, word: str, names: Collection[str]) -> str | None:
        self._comparisons_left -= len(names)
        if self._comparisons_left < 0 or len(word) > _LONGEST_NAME:
            return None
        return nearest(word, [name for name in names if len(name) <= _LONGEST_NAME])
