"""Everything that is verified, in order: what does not parse is judged no further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.errors import Position, Problem, VerificationError
from generator.hcl.parse import Document, ParseError
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError
from generator.render import GeneratedFile
from generator.source import dotted
from generator.verify.arguments import arguments_are_known
from generator.verify.module import MEND_TEXT, Module, not_a_token
from generator.verify.references import references_resolve


def verify(module: Module) -> None:
    """Raise `VerificationError` with everything that is wrong with the rendered files."""
    documents = {}
    problems: list[Problem] = []
    for file in module.files:
        name = module.path(file.name)
        try:
            documents[file.name] = Document(file.text)
            Code(file.text)
        except ParseError as error:
            problems.append(Problem(Position(name, error.line, error.column), "", error.what, MEND_TEXT))
        except TokenError as error:
            problems.append(not_a_token(name, file.text, error, MEND_TEXT))
    if not problems:
        problems += _round_trips(module, documents)
        problems += _blocks_as_implied(module, documents)
        problems += references_resolve(module)
        problems += arguments_are_known(module)
    if problems:
        raise VerificationError(problems)


def check_tokens(files: Sequence[GeneratedFile], folder_name: str) -> None:
    """Raise `VerificationError` where rendered files, once written and not judged now, are not HCL."""
    problems = []
    for file in files:
        try:
            Code(file.text)
        except TokenError as error:
            problems.append(not_a_token(f"{folder_name}/{file.name}", file.text, error, MEND_TEXT))
    if problems:
        raise VerificationError(problems)


def _round_trips(module: Module, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for name, document in documents.items():
        if not document.survives_round_trip():
            what = "it does not read back as the same blocks once python-hcl2 has written it"
            yield Problem(Position(module.path(name)), "", what, MEND_TEXT)


def _blocks_as_implied(module: Module, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for name, document in documents.items():
        implied = {block.address: block for block in module.implied(name)}
        lines = dict(document.blocks())
        counts = Counter(address for address, _ in document.blocks())
        for address, count in counts.items():
            where = Position(module.path(name), lines[address], 1)
            if address not in implied:
                yield Problem(where, "", f"the catalogue implies no block {address}", MEND_TEXT)
            elif count > 1:
                yield Problem(where, "", f"the block {address} is written {count} times", MEND_TEXT)
        for address in implied.keys() - counts.keys():
            entry = implied[address].entry
            what = f"the block {address}, which it implies, is not in {name}"
            yield Problem(module.source.position(entry), dotted(entry), what, MEND_TEXT)
