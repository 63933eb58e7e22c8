"""The configuration that a plan is of, as `terraform show -json` tells it: modules, what they call, what they read.

It says which addresses an expression refers to, and the value of one that refers to none; not how the others are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.hcl.addresses import ROOT

Member = Mapping[str, Any]


@dataclass(frozen=True)
class Configuration:
    """`root` is the root module, and `variables` are the values of its variables by name."""

    root: Member
    variables: Mapping[str, Any]
    provider: Member

    def module(self, address: str) -> Member | None:
        """Return the configuration of a module by its address, `root` for the root module."""
        if address == ROOT:
            return self.root
        call = self._call(address)
        return None if call is None else call.get("module", {})

    def called(self) -> list[str]:
        """Return the address of each module that is called."""
        return list(_called_by(self.root, ""))

    def resources(self, address: str) -> list[Member]:
        """Return the resources and data sources of a module."""
        return list((self.module(address) or {}).get("resources", []))

    def variable(self, address: str, name: str) -> Variable | None:
        """Return what a module gets for a variable; none where the plan does not tell."""
        if address == ROOT:
            return Variable(self.variables[name]["value"]) if name in self.variables else None
        call = self._call(address) or {}
        expression = call.get("expressions", {}).get(name)
        if expression is None:
            declared = call.get("module", {}).get("variables", {}).get(name, {})
            return Variable(declared["default"]) if "default" in declared else None
        return self._passed(address, name, expression)

    def _call(self, address: str) -> Member | None:
        module, call = self.root, None
        for name in address.split(".")[1::2]:
            call = module.get("module_calls", {}).get(name)
            if call is None:
                return None
            module = call.get("module", {})
        return call

    def _passed(self, address: str, name: str, expression: Member) -> Variable | None:
        if "constant_value" in expression:
            return Variable(expression["constant_value"])
        caller = address.rpartition(".module.")[0] or ROOT
        references = expression.get("references", [])
        return self.variable(caller, name) if references == [f"var.{name}"] else None


@dataclass(frozen=True)
class Variable:
    """The value of a variable."""

    value: Any


def _called_by(module: Member, prefix: str) -> Iterator[str]:
    for name, call in module.get("module_calls", {}).items():
        address = f"{prefix}module.{name}"
        yield address
        yield from _called_by(call.get("module", {}), f"{address}.")
