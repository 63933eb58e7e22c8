"""Override files that change what the catalogue renders: Terraform takes them, and a reviewer should know."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Position, Problem, listed
from generator.files.companion import code_of
from generator.files.folder import is_override
from generator.hcl.nodes import ModuleNode, nodes_in
from generator.hcl.overriding import taken
from generator.verify.module import ProvenFiles, RenderedModule

_PROVISIONER, _LIFECYCLE = "provisioner", "lifecycle"


def overrides_of_rendered(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield a warning for each rendered block or local that an override file changes."""
    names = [name for name in module.companions if is_override(name)]
    if not names:
        return
    rendered = _rendered(files)
    for name in names:
        content = module.companions[name]
        lines = content.decode("utf-8-sig").split("\n")
        for node in nodes_in(code_of(name, content)):
            if node.address in rendered:
                where = Position(module.path(name), node.line, _indentation(lines[node.line - 1]) + 1)
                yield from (Problem(where, node.address, *told, "warning") for told in _told(taken(node)))


def _rendered(files: ProvenFiles) -> set[str]:
    blocks = {block.address for file in files.values() for block in file.blocks}
    return blocks.union(*(file.declared for file in files.values()))


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _told(override: ModuleNode) -> Iterator[tuple[str, str]]:
    """Yield what is to be known of an override, and what to do about it."""
    if arguments := list(_arguments(override)):
        what = f"Terraform takes its {listed(arguments, 'and')} from this file, not what the catalogue renders"
        yield what, "set that in the catalogue or in a template, or leave it here if you intend it"
    if provisioners := _names_within(override, _PROVISIONER):
        what = f"Terraform runs the provisioner {listed(provisioners, 'and')}, which this file adds"
        yield what, "remove it, or leave it here if you intend it"


def _arguments(override: ModuleNode) -> Iterator[str]:
    for name in override.arguments:
        if name == _LIFECYCLE:
            yield from (f"{name}.{argument}" for argument in _names_within(override, name))
        elif name != _PROVISIONER:
            yield name


def _names_within(override: ModuleNode, type_: str) -> list[str]:
    """Return what stands in the nested blocks of a type: in those of provisioners, their names."""
    return [name for block in override.blocks(type_) for name in block]
