"""What the rendered files hold is there in the least versions of Terraform and of the AWS provider that are allowed.

It is told at the entry of the catalogue that brings it in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.aws.versions import version_with
from generator.catalogue.argument_entries import entry_of_argument
from generator.catalogue.layers import layers_of
from generator.errors import Problem
from generator.hcl.language_versions import MAY_BE_NEWER, newer_words
from generator.hcl.proof.lines import Read
from generator.hcl.proof.proof import BlockForm, ProvenFile
from generator.hcl.structure import Body, Code
from generator.hcl.tokens import tokens
from generator.hcl.version_constraints import AllowedVersions, Release, allowed_versions_or_none, told_release
from generator.source.source import Key
from generator.verify.arguments import dynamic_written_out
from generator.verify.module import ProvenFiles, RenderedModule, told_where_written
from generator.verify.origins import Origins

Fault = tuple[Key, str, str]
"""The key of an entry, what is wrong with it, and the remedy."""


class _Oldest(NamedTuple):
    """The oldest version that is allowed, who says so, and how to allow newer ones alone: `{}` is the least of them."""

    version: Release
    told: str
    remedy: str


def versions_have_what_is_rendered(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield what is newer, where the catalogue says which versions are allowed."""
    requires = module.catalogue.requires
    faults = [*_said_twice(module)]
    for name, file in files.items():
        if requires.allowed_aws:
            faults += _newer_than_aws(module, name, file, _by_catalogue("aws", "AWS provider", requires.allowed_aws))
        if requires.allowed_terraform:
            oldest = _by_catalogue("terraform", "Terraform", requires.allowed_terraform)
            faults += _newer_language(module, name, file, oldest)
    return told_where_written(module.source, faults)


def newer_than_the_folder_allows(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield a warning of what is newer than versions that a hand-written file allows, where the catalogue says none."""
    declared = module.catalogue.declared
    allowed = allowed_versions_or_none(declared.aws)
    if allowed and not module.catalogue.requires.aws:
        told = f"AWS provider {told_release(allowed.least)}, the oldest that {declared.providers_in} allows"
        oldest = _Oldest(allowed.least, told, f"write `>= {{}}` in {declared.providers_in}, or remove this")
        faults = (fault for name, file in files.items() for fault in _newer_than_aws(module, name, file, oldest))
        yield from (problem._replace(severity="warning") for problem in told_where_written(module.source, faults))


def _by_catalogue(name: str, called: str, allowed: AllowedVersions) -> _Oldest:
    told = f"{called} {told_release(allowed.least)}, the oldest that `requires.{name}` allows"
    return _Oldest(allowed.least, told, f'write `{name}: ">= {{}}"` in `requires`, or remove this')


def _said_twice(module: RenderedModule) -> Iterator[Fault]:
    """Yield a constraint of which a hand-written file says another one: that one is not rendered."""
    requires, declared = module.catalogue.requires, module.catalogue.declared
    said = (("terraform", requires.terraform, declared.required_version), ("aws", requires.aws, declared.aws))
    for name, here, there in said:
        if here and there and here.replace(" ", "") != there.replace(" ", ""):
            what = f"a hand-written file of the module says `{there}`"
            yield ("requires", name), what, "write the same here, or remove one of the two"
    if requires.aws and declared.providers_in and not declared.aws:
        what = f"{declared.providers_in} has `required_providers`, which a module has once, without this"
        yield (
            ("requires", "aws"),
            what,
            f'write `aws = {{ source = "hashicorp/aws", version = "{requires.aws}" }}` there',
        )


def _newer_than_aws(module: RenderedModule, name: str, file: ProvenFile, oldest: _Oldest) -> Iterator[Fault]:
    yield from _newer_arguments(module, name, file, oldest)
    yield from _newer_attributes(module, name, file, oldest)


def _newer_arguments(module: RenderedModule, name: str, file: ProvenFile, oldest: _Oldest) -> Iterator[Fault]:
    """Parts of one form hold the same arguments: where none is newer, none is in the others."""
    sound: set[BlockForm] = set()
    for part in file.parts:
        if part.form in sound:
            continue
        found = [
            (body.address, way, version)
            for body in Code(file.text(part)).bodies
            for way, version in _newer_in(body, body.address.rpartition(".")[0], (), oldest.version)
        ]
        for address, way, version in found:
            entry = entry_of_argument(module.catalogue, address, way) or module.entry(name, address)
            yield entry, f"{_told(address, way)} is not there in {oldest.told}", oldest.remedy.format(version)
        if part.form and not found:
            sound.add(part.form)


def _newer_in(body: Body, path: str, above: Key, least: Release) -> Iterator[tuple[Key, str]]:
    """Yield the way to each name in a body that the provider lacks, and a version that has it."""
    if not above and (version := version_with(path, "", least)):
        yield (), version
        return
    for argument in body.arguments:
        if version := version_with(path, argument.name, least):
            yield (*above, argument.name), version
    for block in map(dynamic_written_out, body.blocks):
        if version := version_with(path, block.type, least):
            yield (*above, block.type), version
        else:
            yield from _newer_in(block, f"{path}.{block.type}", (*above, block.type), least)


def _told(address: str, way: Key) -> str:
    type_ = address.rpartition(".")[0]
    return f"`{'.'.join(map(str, way))}` of {type_}" if way else f"the type {type_}"


def _newer_attributes(module: RenderedModule, name: str, file: ProvenFile, oldest: _Oldest) -> Iterator[Fault]:
    versions = {
        read: version
        for read in file.reads()
        if read.attribute and (version := version_with(read.address.rpartition(".")[0], read.attribute, oldest.version))
    }
    if not versions:
        return
    owners, origins = module.owners(name, file), Origins(module.source)
    for *words, line in file.needed():
        read = Read(*words)
        version = versions.get(read)
        if version:
            what = f"{_told(read.address, (read.attribute,))} is not there in {oldest.told}"
            yield origins.of(read.address, owners.entry(line)), what, oldest.remedy.format(version)


def _newer_language(module: RenderedModule, name: str, file: ProvenFile, oldest: _Oldest) -> Iterator[Fault]:
    owners = module.owners(name, file)
    for text, lines_before in file.texts_with(MAY_BE_NEWER):
        for token, newer in newer_words(tokens(text)):
            if oldest.version < newer.since_release:
                line = text.count("\n", 0, token.offset) + lines_before + 1
                entry = _holding(module, owners.entry(line), newer.word)
                yield entry, f"`{newer.word}` is not there in {oldest.told}", oldest.remedy.format(newer.since)


def _holding(module: RenderedModule, entry: Key, word: str) -> Key:
    """Return the value that holds a word: of the entry, or of what lies under it."""
    values = (one for layer in layers_of(entry) for one in module.source.scalars(layer))
    return next((key for key, text in values if word in text), entry)
