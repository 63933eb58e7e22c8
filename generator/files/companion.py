"""The files that people write beside the generated ones, in either syntax of Terraform."""

from __future__ import annotations

import functools

from generator.aws.schema import aws
from generator.hcl.nodes import ModuleNode, nodes_in
from generator.hcl.structure import Code


def code_of(name: str, content: bytes) -> Code:
    """Return the blocks of a file, given its name. Raises `TokenError`, and `UnicodeDecodeError`."""
    text = content.decode("utf-8-sig")
    if not name.endswith(".json"):
        return Code(text)
    from generator.hcl.json_syntax import JsonCode

    return JsonCode(text, aws().of_address)


@functools.cache
def nodes_of_companion(name: str, content: bytes) -> tuple[ModuleNode, ...]:
    """Return every node of a file, one for each time that it is written: most stand beside two editions.

    Raises `TokenError`, and `UnicodeDecodeError`.
    """
    return tuple(nodes_in(code_of(name, content)))
