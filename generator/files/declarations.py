"""What the hand-written files of a folder declare that a module has once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.files.companion import nodes_of_companion
from generator.files.folder import Files, is_override
from generator.hcl.module_declarations import ModuleDeclarations, declared_in
from generator.hcl.nodes import ModuleNode
from generator.hcl.tokens import TokenError

_DECLARING = (b"required_", b"aws_region", b"aws_partition", b"aws_caller_identity")
"""What a file holds that declares anything of interest: no other one is read."""


def declarations(companions: Files) -> ModuleDeclarations:
    """Return what files declare. One that is not Terraform says nothing, nor does one that only overrides others."""
    return declared_in(_files(companions))


def _files(companions: Files) -> Iterator[tuple[str, Collection[ModuleNode]]]:
    for name, content in sorted(companions.items()):
        if not is_override(name) and any(word in content for word in _DECLARING):
            try:
                yield name, nodes_of_companion(name, content)
            except (TokenError, UnicodeDecodeError):  # verification says so
                continue
