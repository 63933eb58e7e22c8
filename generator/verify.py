"""The proof, on every render, that the text is what the catalogue implies."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.catalogue.blocks import Block
from generator.catalogue.model import Catalogue
from generator.errors import Position, Problem, VerificationError, nearest
from generator.folder import Files
from generator.hcl.parse import Document, ParseError
from generator.hcl.references import Named, declared, declared_in_json, referenced
from generator.hcl.tokens import TokenError, tokens
from generator.render import MAIN, OUTPUTS, GeneratedFile
from generator.source import Key, Source, dotted

_OVERRIDE = re.compile(r"(.*_)?override\.tf(\.json)?")
"""Files that Terraform merges over blocks of others: what they declare is declared elsewhere."""

_MEND_TEXT = "mend the template that wrote it, or report this as a bug of tfgen"


@dataclass(frozen=True)
class Module:
    """What is verified: the rendered files, the folder's other files, and where both come from.

    `folder_name` is what messages call the folder.
    """

    catalogue: Catalogue
    source: Source
    files: list[GeneratedFile]
    companions: Files
    folder_name: str


def verify(module: Module) -> None:
    """Raise `VerificationError` with everything that is wrong with the rendered files."""
    documents = {}
    problems: list[Problem] = []
    for file in module.files:
        name = f"{module.folder_name}/{file.name}"
        try:
            documents[file.name] = Document(file.text)
            deque(tokens(file.text), maxlen=0)
        except ParseError as error:
            problems.append(Problem(Position(name, error.line, error.column), "", error.what, _MEND_TEXT))
        except TokenError as error:
            problems.append(_not_a_token(name, file.text, error, _MEND_TEXT))
    if not problems:
        problems += _round_trips(module, documents)
        problems += _blocks_as_implied(module, documents)
        problems += _references_resolve(module, documents)
    if problems:
        raise VerificationError(problems)


def _round_trips(module: Module, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for name, document in documents.items():
        if not document.survives_round_trip():
            what = "it does not read back as the same blocks once python-hcl2 has written it"
            yield Problem(Position(f"{module.folder_name}/{name}"), "", what, _MEND_TEXT)


def _blocks_as_implied(module: Module, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for name, document in documents.items():
        implied = {block.address: block for block in _implied(module.catalogue, name)}
        lines = dict(document.blocks())
        counts = Counter(address for address, _ in document.blocks())
        for address, count in counts.items():
            where = Position(f"{module.folder_name}/{name}", lines[address], 1)
            if address not in implied:
                yield Problem(where, "", f"the catalogue implies no block {address}", _MEND_TEXT)
            elif count > 1:
                yield Problem(where, "", f"the block {address} is written {count} times", _MEND_TEXT)
        for address in implied.keys() - counts.keys():
            entry = implied[address].entry
            what = f"the block {address}, which it implies, is not in {name}"
            yield Problem(module.source.position(entry), dotted(entry), what, _MEND_TEXT)


def _implied(catalogue: Catalogue, name: str) -> Iterator[Block]:
    return {MAIN: catalogue.main_blocks, OUTPUTS: catalogue.output_blocks}[name]()


def _references_resolve(module: Module, documents: Mapping[str, Document]) -> Iterator[Problem]:
    known, problems = _companions_declare(module)
    yield from problems
    for file in module.files:
        for name in declared(file.text):
            if name.address in known:
                what = f"it declares {name.address}, which {file.name} declares too"
                remedy = "remove it here, or rename what makes it in the catalogue"
                yield Problem(known[name.address], "", what, remedy)
    known |= {name.address: Position(file.name) for file in module.files for name in declared(file.text)}
    told = set()
    for file in module.files:
        owners = _Owners(documents[file.name], _implied(module.catalogue, file.name))
        for name in (name for name in referenced(file.text) if name.address not in known):
            origin = _origin(module.source, owners.entry(name.line), name.address)
            if (name.address, origin) not in told:
                told.add((name.address, origin))
                yield _unresolved(module, file.name, name, origin, known)


def _companions_declare(module: Module) -> tuple[dict[str, Position], list[Problem]]:
    """Return each address that a companion declares and its place, and what kept a companion from being read."""
    known: dict[str, Position] = {}
    problems = []
    for name, content in module.companions.items():
        file = f"{module.folder_name}/{name}"
        if _OVERRIDE.fullmatch(name):
            continue
        try:
            text = content.decode("utf-8-sig")
            names = declared_in_json(text) if name.endswith(".json") else declared(text)
            known |= {declaration.address: Position(file, declaration.line, 1) for declaration in names}
        except TokenError as error:
            problems.append(_not_a_token(file, text, error, "mend the file"))
        except UnicodeDecodeError:
            problems.append(Problem(Position(file), "", "not Terraform's language: it is not UTF-8", "mend the file"))
        except ValueError as error:
            problems.append(Problem(Position(file), "", f"not Terraform's language: {error}", "mend the file"))
    return known, problems


def _not_a_token(file: str, text: str, error: TokenError, remedy: str) -> Problem:
    where = Position.behind(file, text[: error.offset])
    return Problem(where, "", f"not Terraform's language: {error.what}", remedy)


class _Owners:
    """Which catalogue entry is behind each line of a file."""

    def __init__(self, document: Document, implied: Iterator[Block]) -> None:
        entries = {block.address: block.entry for block in implied}
        self._starts = [line for _, line in document.blocks()]
        self._entries = [entries.get(address, ()) for address, _ in document.blocks()]

    def entry(self, line: int) -> Key:
        return self._entries[bisect_right(self._starts, line) - 1]


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


def _unresolved(module: Module, file: str, name: Named, origin: Key, known: Collection[str]) -> Problem:
    of_its_type = [address for address in known if address.rpartition(".")[0] == name.address.rpartition(".")[0]]
    near = nearest(name.address, of_its_type)
    what = f"{name.address} is declared nowhere in {module.folder_name} ({file} needs it in line {name.line})"
    remedy = f"did you mean `{near}`?" if near else "declare it in a file of that folder"
    return Problem(module.source.position(origin), dotted(origin), what, remedy)
