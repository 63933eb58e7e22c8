"""What reads the outputs of a module, from the root module and the other modules that it calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.hcl.addresses import ROOT, within
from generator.plan.configuration import Configuration, Member

_KEY = re.compile(r"\[[^\]]*\]")


class Readers:
    """Follows outputs that change through resources, variables and outputs of the modules around one.

    A plan does not tell the locals of a module, so what is read by way of one is not found.
    """

    def __init__(self, configuration: Configuration, module: str, outputs: frozenset[str]) -> None:
        self._configuration, self._module = configuration, module
        caller = module.rpartition(".module.")[0] or ROOT
        called = module.removeprefix(f"{caller}.")
        self._changed = {(caller, f"{called}.{name}") for name in outputs} | {(caller, called) for _ in outputs}
        found = 0
        while len(self._changed) != found:
            found = len(self._changed)
            for address in (ROOT, *configuration.called()):
                if address != module:
                    self._changed.update(self._changed_in(address, configuration.module(address) or {}))

    def reads(self, module: str, block: str) -> bool:
        """Tell whether a resource of a module, or an output of it, reads what changes."""
        return (module, block) in self._changed

    def arguments(self, module: str, block: str) -> tuple[set[str], set[str]]:
        """Return the arguments of a resource that read what changes, and all that are written."""
        for resource in self._configuration.resources(module):
            if resource["address"] == block:
                expressions = resource.get("expressions", {})
                return {name for name, part in expressions.items() if self._is_read_by(module, part)}, set(expressions)
        return set(), set()

    def _changed_in(self, address: str, module: Member) -> Iterator[tuple[str, str]]:
        for resource in module.get("resources", []):
            if self._is_read_by(address, resource):
                yield address, str(resource["address"])
        for name, call in module.get("module_calls", {}).items():
            variables = call.get("expressions", {}).items()
            changed = [variable for variable, expression in variables if self._is_read_by(address, expression)]
            yield from ((within(address, f"module.{name}"), f"var.{variable}") for variable in changed)
        changed = [name for name, part in module.get("outputs", {}).items() if self._is_read_by(address, part)]
        yield from self._changed_outputs(address, changed)

    @staticmethod
    def _changed_outputs(address: str, outputs: list[str]) -> Iterator[tuple[str, str]]:
        yield from ((address, f"output.{output}") for output in outputs)
        if address != ROOT:
            caller, _, name = address.rpartition("module.")
            yield from ((caller.rstrip(".") or ROOT, f"module.{name}.{output}") for output in outputs)

    def _is_read_by(self, address: str, part: Any) -> bool:
        return any((address, reference) in self._changed for reference in references_in(part))


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
            else:
                yield from references_in(member)


def _longest(references: list[str]) -> Iterator[str]:
    """Yield references and, of an attribute of a resource, also the resource: attributes are not told apart there."""
    read = dict.fromkeys(".".join(one.split(".")[:3]) if one.startswith("module.") else one for one in references)
    shorter = {one.rpartition(".")[0] for one in read}
    yield from (one for one in read if one not in shorter or not one.startswith("module."))
