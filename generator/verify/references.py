"""Each reference of the rendered files leads to something that the folder declares and its type exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from generator.aws.schema import aws
from generator.errors import Position, Problem, nearest
from generator.files.companion import code_of
from generator.files.folder import is_override
from generator.hcl.references import declared
from generator.hcl.tokens import TokenError
from generator.source.source import dotted
from generator.verify.module import ProvenFiles, RenderedModule, not_a_token
from generator.verify.origins import Origins

_MOST_COMPARISONS = 5_000
"""Names that unknown ones are compared with in all, which takes a tenth of a second: nobody reads more than some."""

_MOST_BYTES = 4 << 20
"""Size of a module's hand-written files together, whose tokens fit into a gigabyte."""

_LONGEST_NAME = 200
"""Characters of a name that is compared with others: that takes the square of its length."""


def references_resolve(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield what is declared twice, declared nowhere, or not exported, and the companions that cannot be read."""
    in_companions, problems = _companions_declare(module)
    yield from problems
    known = set(in_companions)
    for name, proven in files.items():
        for address in proven.declared:
            known.add(address)
            if address in in_companions:
                what = f"it declares {address}, which {name} declares too"
                remedy = "remove it here, or rename what makes it in the catalogue"
                yield Problem(in_companions[address], "", what, remedy)
    if not problems:  # else what is declared there would be told of as declared nowhere
        yield from _lead_nowhere(module, files, known)


def _companions_declare(module: RenderedModule) -> tuple[dict[str, Position], list[Problem]]:
    """Return each address that a companion declares and its place, and what kept a companion from being read."""
    known: dict[str, Position] = {}
    problems = []
    if sum(map(len, module.companions.values())) > _MOST_BYTES:
        largest = max(module.companions, key=lambda name: len(module.companions[name]))
        what = f"the hand-written files together have more than {_MOST_BYTES >> 20} MiB, and this one is the largest"
        return known, [Problem(Position(module.path(largest)), "", what, "keep it in another folder")]
    for name, content in module.companions.items():
        file = module.path(name)
        try:
            found = declared(code_of(name, content))
        except TokenError as error:
            problems.append(not_a_token(file, content.decode("utf-8-sig"), error, "fix the file"))
        except UnicodeDecodeError as error:
            where = Position.behind(file, error.object[: error.start].decode())
            what = f"not Terraform's language: byte 0x{error.object[error.start]:02x} is not UTF-8"
            problems.append(Problem(where, "", what, "save the file in UTF-8"))
        else:
            if not is_override(name):  # what is declared there is declared elsewhere too
                known |= {declaration.address: Position(file, declaration.line, 1) for declaration in found}
    return known, problems


def _lead_nowhere(module: RenderedModule, files: ProvenFiles, known: Collection[str]) -> Iterator[Problem]:
    """Each fault is told once for each catalogue value that brings it in."""
    judge = _Judge(known, module.folder_name)
    told = set()
    origins: Origins | None = None
    for file, proven in files.items():
        faults: dict[tuple[str, str], tuple[str, str]] = {
            read: fault for read in proven.reads() if (fault := judge.fault(*read))
        }
        if not faults:
            continue
        owners = module.owners(file, proven)
        origins = origins or Origins(module.source)
        for address, attribute, line in proven.needed():
            if (address, attribute) not in faults:
                continue
            what, remedy = faults[address, attribute]
            origin = origins.of(address, owners.entry(line))
            if (what, origin) not in told:
                told.add((what, origin))
                what = f"{what} ({file} needs it in line {line})"
                yield Problem(module.source.position(origin), dotted(origin), what, remedy)


class _Judge:
    """Tells where references lead nowhere, and, for the first of them, what may be meant."""

    def __init__(self, known: Collection[str], folder_name: str) -> None:
        self._known, self._folder_name = known, folder_name
        self._comparisons_left = _MOST_COMPARISONS

    @cached_property
    def _by_type(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for address in self._known:
            found[address.rpartition(".")[0]].append(address)
        return found

    def fault(self, address: str, attribute: str) -> tuple[str, str] | None:
        """Return what is wrong with a reference, and the remedy, if anything is."""
        return self._unresolved(address) or self._not_exported(address, attribute)

    def _unresolved(self, address: str) -> tuple[str, str] | None:
        if address in self._known:
            return None
        near = self._nearest(address, self._by_type.get(address.rpartition(".")[0], ()))
        remedy = f"did you mean `{near}`?" if near else "declare it in a file of that folder"
        return f"{address} is not declared in {self._folder_name}", remedy

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
