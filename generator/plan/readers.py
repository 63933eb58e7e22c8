"""What reads the outputs of a module, from the root module and the other modules that it calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from generator.hcl.addresses import ROOT, within
from generator.plan.configuration import Configuration, Member

Thing: TypeAlias = tuple[str, str]
"""The address of a module, and what is read or reads within it."""

_KEY = re.compile(r"\[[^\[\]]*\]")


class Readers:
    """Follows outputs that change through resources, variables and outputs of the modules around one.

    A plan does not tell the locals of a module, so what is read by way of one is not found.
    """

    def __init__(self, configuration: Configuration, module: str, outputs: frozenset[str]) -> None:
        caller = module.rpartition(".module.")[0] or ROOT
        called = module.removeprefix(f"{caller}.")
        self._changed: set[Thing] = set()
        self._written: dict[Thing, Member] = {}
        readers: dict[Thing, list[Thing]] = {}
        for address in (ROOT, *configuration.called()):
            for resource in configuration.resources(address):
                self._written.setdefault((address, resource["address"]), resource.get("expressions", {}))
            if address != module:
                for read, reader in _ways(address, configuration.module(address) or {}):
                    readers.setdefault(read, []).append(reader)
        left = [(caller, f"{called}.{name}") for name in outputs] + [(caller, called)] * bool(outputs)
        while left:
            changed = left.pop()
            if changed not in self._changed:
                self._changed.add(changed)
                left += readers.get(changed, [])

    def reads(self, module: str, block: str) -> bool:
        """Tell whether a resource of a module, or an output of it, reads what changes."""
        return (module, block) in self._changed

    def arguments(self, module: str, block: str) -> tuple[set[str], set[str]]:
        """Return the arguments of a resource that read what changes, and all that are written."""
        written = self._written.get((module, block), {})
        return {name for name, part in written.items() if self._is_read_by(module, part)}, set(written)

    def _is_read_by(self, address: str, part: Any) -> bool:
        return any((address, reference) in self._changed for reference in references_in(part))


def _ways(address: str, module: Member) -> Iterator[tuple[Thing, Thing]]:
    """Yield each thing that is read in a module, and what reads it: a resource, a variable or an output."""
    for part, reader in _parts(address, module):
        yield from (((address, reference), reader) for reference in references_in(part))


def _parts(address: str, module: Member) -> Iterator[tuple[Any, Thing]]:
    """Yield each part of a module with expressions, and what gets their value."""
    yield from ((resource, (address, str(resource["address"]))) for resource in module.get("resources", []))
    for name, call in module.get("module_calls", {}).items():
        called = within(address, f"module.{name}")
        yield from ((part, (called, f"var.{variable}")) for variable, part in call.get("expressions", {}).items())
    caller, _, name = address.rpartition("module.")
    for output, part in module.get("outputs", {}).items():
        yield part, (address, f"output.{output}")
        if address != ROOT:
            yield part, (caller.rstrip(".") or ROOT, f"module.{name}.{output}")


def references_in(part: Any) -> Iterator[str]:
    """Yield every address that the expressions in a part of a configuration refer to, without keys of instances.

    A plan tells `a.b.c` as `a.b.c` and `a.b`; of a module, the output is what is read.
    """
    if isinstance(part, list):
        for item in part:
            yield from references_in(item)
    elif isinstance(part, dict):
        for name, member in part.items():
            if name == "references" and isinstance(member, list):
                yield from _longest([_KEY.sub("", one) for one in member if isinstance(one, str)])
            elif name != "constant_value":
                yield from references_in(member)


def _longest(references: list[str]) -> Iterator[str]:
    """Yield references and, of an attribute of a resource, also the resource: attributes are not told apart there."""
    read = dict.fromkeys(".".join(one.split(".")[:3]) if one.startswith("module.") else one for one in references)
    shorter = {one.rpartition(".")[0] for one in read}
    yield from (one for one in read if one not in shorter or not one.startswith("module."))
