"""Everything that is verified, in order: what does not parse is judged no further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.errors import Position, Problem, VerificationError, file_in
from generator.hcl.errors import DisputeError, ParseError, RoundTripError
from generator.hcl.proof.proof import proven, proven_by_lines
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError
from generator.rendering.render import GeneratedFile
from generator.source.source import dotted
from generator.stages import Stage, enter
from generator.verify.arguments import arguments_are_known
from generator.verify.conditions import conditions_are_rendered
from generator.verify.containers import containers_are_rendered
from generator.verify.environment import environment_is_of_texts
from generator.verify.module import MEND_TEXT, ProvenFiles, RenderedModule, not_a_token
from generator.verify.overrides import overrides_of_rendered
from generator.verify.references import references_resolve
from generator.verify.settings_types import settings_are_of_their_types
from generator.verify.target_groups import target_groups_of_other_targets
from generator.verify.texts import texts_are_composed
from generator.verify.variables import variables_are_of_their_types
from generator.verify.versions import newer_than_the_folder_allows, versions_have_what_is_rendered


def verify(module: RenderedModule) -> list[Problem]:
    """Return the warnings about the rendered files, or raise `VerificationError` with all that is wrong with them."""
    files, problems = _proven(module)
    enter(Stage("verifying"))
    if not problems:
        problems += _blocks_as_implied(module, files)
        problems += containers_are_rendered(module, files)
        problems += conditions_are_rendered(module, files)
        problems += references_resolve(module, files)
        problems += arguments_are_known(module, files)
        problems += versions_have_what_is_rendered(module, files)
        problems += texts_are_composed(module, files)
        problems += environment_is_of_texts(module)
        problems += settings_are_of_their_types(module)
        problems += variables_are_of_their_types(module)
    if problems:
        raise VerificationError(problems)
    return [
        *overrides_of_rendered(module, files),
        *target_groups_of_other_targets(module),
        *newer_than_the_folder_allows(module, files),
    ]


def check_tokens(files: Sequence[GeneratedFile], folder_name: str) -> None:
    """Raise `VerificationError` where rendered files, once written and not judged now, are not HCL."""
    problems = []
    for file in files:
        try:
            _ = proven_by_lines(file.text) or Code(file.text)
        except TokenError as error:
            problems.append(not_a_token(file_in(folder_name, file.name), file.text, error, MEND_TEXT))
    if problems:
        raise VerificationError(problems)


def _proven(module: RenderedModule) -> tuple[ProvenFiles, list[Problem]]:
    """Return each file that is proven, and what cannot be."""
    files, problems = {}, []
    for file in module.files:
        name = module.path(file.name)
        try:
            files[file.name] = proven(file.text)
        except TokenError as error:
            problems.append(not_a_token(name, file.text, error, MEND_TEXT))
        except ParseError as error:
            problems.append(Problem(Position(name, error.line, error.column), "", error.what, MEND_TEXT))
        except DisputeError as error:
            problems.append(Problem(Position(name, error.line, 1), "", error.what, MEND_TEXT))
        except RoundTripError as error:
            what = "this block is not the same after python-hcl2 has written it and read it again"
            problems.append(Problem(Position(name, error.line, 1), "", what, MEND_TEXT))
    return files, problems


def _blocks_as_implied(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    for name, file in files.items():
        implied = module.implied[name]
        lines, counts = dict(file.blocks), Counter(block.address for block in file.blocks)
        for address, count in counts.items():
            if address not in implied:
                what = f"the catalogue implies no block {address}"
            elif count > 1:
                what = f"the block {address} is written {count} times"
            else:
                continue
            yield Problem(Position(module.path(name), lines[address], 1), "", what, MEND_TEXT)
        for address in implied.keys() - counts.keys():
            entry = implied[address].entry
            what = f"the block {address}, which it implies, is missing in {name}"
            yield Problem(module.source.position(entry), dotted(entry), what, MEND_TEXT)
