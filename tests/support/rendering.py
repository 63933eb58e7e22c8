"""A catalogue's text, rendered in this process, with nothing on disk."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import yaml

from generator.catalogue.model import Catalogue
from generator.catalogue.read import read
from generator.edition import Edition
from generator.files.declarations import declarations
from generator.files.declared_types import DeclaredTypes
from generator.rendering.render import Overrides, render
from generator.source.source import Source
from generator.source.variables import FileBeside
from generator.verify.module import RenderedModule

NAME = "services.yaml"
FOLDER = "out"
NO_OVERRIDES = Overrides("templates", {})

SMALL = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
services:
  mail:
    kind: worker
    image: busybox:1
"""
"""It ends within its service: lines behind it, indented by four spaces, are that service's."""

CATALOGUE = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
services:
  mail: {kind: worker, image: "busybox:1"}
"""
"""The same with its service in one line, for tests that put another one in its place."""

EDITED = CATALOGUE.replace("mail: {", "mail: {desired_count: 2, ")


VARIABLES_FILE = "config/api.env"
VARIABLES = b"FROM_FILE=a file\nEXPRESSION=${var.a}\nPORT=1\n"
"""The file of variables that random catalogues name, and what it holds, as any other file does."""


def same_files(paths: Collection[str]) -> dict[str, FileBeside]:
    """Read files of variables, of which each holds the same."""
    return {path: FileBeside(path, VARIABLES) for path in paths}


def no_types(_: str) -> None:
    """Tell of no expression of which type it is."""


def dumped(catalogue: dict[str, Any]) -> str:
    """Return a catalogue as YAML."""
    return yaml.safe_dump(catalogue, sort_keys=False, width=1_000_000)


def catalogue_of(text: str) -> Catalogue:
    """Return a catalogue's text as a catalogue."""
    return read(Source(text, NAME), same_files)[0]


def module_of(text: str, **companions: str) -> RenderedModule:
    """Return a catalogue's text as a module that can be verified; `companions` are its other files, by stem.

    Those of JSON are given by their whole name.
    """
    return module_with(NO_OVERRIDES, text, **companions)


def edition_of(text: str, **companions: str) -> Edition:
    """Return a catalogue's text as an edition, among the same companions."""
    module = module_of(text, **companions)
    return Edition(module.source, module.catalogue, module.files, module.companions)


def module_with(overrides: Overrides, text: str, **companions: str) -> RenderedModule:
    """Return the same, rendered with templates of the project's own."""
    source = Source(text, NAME)
    written, _ = read(source, same_files)
    on_disk = {
        stem if stem.endswith(".json") else f"{stem}.tf": content.encode() for stem, content in companions.items()
    }
    catalogue = written.beside(declarations(on_disk))
    type_of = DeclaredTypes(on_disk)
    files = render(catalogue, NAME, overrides, type_of)
    return RenderedModule(catalogue, source, files, on_disk, FOLDER, type_of)
