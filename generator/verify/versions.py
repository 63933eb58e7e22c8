"""What the rendered files hold is there in the least versions of Terraform and of the AWS provider that are allowed.

It is told at the entry of the catalogue that brings it in.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.versions import version_with
from generator.catalogue.argument_entries import entry_of_argument
from generator.catalogue.layers import layers_of
from generator.errors import Problem
from generator.hcl.language_versions import MAY_BE_NEWER, newer_words
from generator.hcl.proof.lines import Read
from generator.hcl.proof.proof import BlockForm, ProvenFile
from generator.hcl.structure import Body, Code
from generator.hcl.tokens import tokens
from generator.hcl.version_constraints import Release, told_release
from generator.source.source import Key
from generator.verify.arguments import dynamic_written_out
from generator.verify.module import ProvenFiles, RenderedModule, told_where_written
from generator.verify.origins import Origins

Fault = tuple[Key, str, str]
"""The key of an entry, what is wrong with it, and the remedy."""


def versions_have_what_is_rendered(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield what is newer, where the catalogue says which versions are allowed."""
    aws_allowed, terraform_allowed = module.catalogue.requires.allowed_aws, module.catalogue.requires.allowed_terraform
    faults: list[Fault] = []
    for name, file in files.items():
        if aws_allowed:
            faults += _newer_arguments(module, name, file, aws_allowed.least)
            faults += _newer_attributes(module, name, file, aws_allowed.least)
        if terraform_allowed:
            faults += _newer_language(module, name, file, terraform_allowed.least)
    return told_where_written(module.source, faults)


def _newer_arguments(module: RenderedModule, name: str, file: ProvenFile, least: Release) -> Iterator[Fault]:
    """Parts of one form hold the same arguments: where none is newer, none is in the others."""
    sound: set[BlockForm] = set()
    for part in file.parts:
        if part.form in sound:
            continue
        found = [
            (body.address, way, version)
            for body in Code(file.text(part)).bodies
            for way, version in _newer_in(body, body.address.rpartition(".")[0], (), least)
        ]
        for address, way, version in found:
            entry = entry_of_argument(module.catalogue, address, way) or module.entry(name, address)
            yield entry, f"{_told(address, way)} is not there in {_provider(least)}", _raise("aws", version)
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


def _newer_attributes(module: RenderedModule, name: str, file: ProvenFile, least: Release) -> Iterator[Fault]:
    versions = {
        read: version
        for read in file.reads()
        if read.attribute and (version := version_with(read.address.rpartition(".")[0], read.attribute, least))
    }
    if not versions:
        return
    owners, origins = module.owners(name, file), Origins(module.source)
    for *words, line in file.needed():
        read = Read(*words)
        version = versions.get(read)
        if version:
            what = f"{_told(read.address, (read.attribute,))} is not there in {_provider(least)}"
            yield origins.of(read.address, owners.entry(line)), what, _raise("aws", version)


def _newer_language(module: RenderedModule, name: str, file: ProvenFile, least: Release) -> Iterator[Fault]:
    owners, oldest = module.owners(name, file), f"Terraform {told_release(least)}, the oldest that `requires.terraform`"
    for text, lines_before in file.texts_with(MAY_BE_NEWER):
        for token, newer in newer_words(tokens(text)):
            if least < newer.since_release:
                line = text.count("\n", 0, token.offset) + lines_before + 1
                entry = _holding(module, owners.entry(line), newer.word)
                yield entry, f"`{newer.word}` is not there in {oldest} allows", _raise("terraform", newer.since)


def _holding(module: RenderedModule, entry: Key, word: str) -> Key:
    """Return the value that holds a word: of the entry, or of what lies under it."""
    values = (one for layer in layers_of(entry) for one in module.source.scalars(layer))
    return next((key for key, text in values if word in text), entry)


def _provider(least: Release) -> str:
    return f"AWS provider {told_release(least)}, the oldest that `requires.aws` allows"


def _raise(name: str, version: str) -> str:
    return f'write `{name}: ">= {version}"` in `requires`, or remove this'
