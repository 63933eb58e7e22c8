"""The configuration that a plan is of, as `terraform show -json` tells it: modules, what they call, what they read.

It says which addresses an expression refers to, and the value of one that refers to none; not how the others are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
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

    def providers(self, address: str, block: str) -> list[Member]:
        """Return the arguments of each configuration of a provider that a resource may have.

        A module that only requires a provider has that of its caller. A plan does not tell which of several that is.
        """
        own = self.provider.get(self._provider_keys.get((address, block), ""), {})
        if own and not _is_of_caller(own):
            return [own["expressions"]]
        name = own.get("name", "aws")
        several = [one for one in self.provider.values() if one.get("name", "aws") == name]
        return [one["expressions"] for one in several if not _is_of_caller(one)]

    @cached_property
    def _provider_keys(self) -> dict[tuple[str, str], str]:
        return {
            (address, resource["address"]): str(resource.get("provider_config_key"))
            for address in (ROOT, *self.called())
            for resource in self.resources(address)
        }

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


def _is_of_caller(provider: Member) -> bool:
    return "module_address" in provider and not provider["expressions"]


@dataclass(frozen=True)
class Variable:
    """The value of a variable."""

    value: Any


def _called_by(module: Member, prefix: str) -> Iterator[str]:
    for name, call in module.get("module_calls", {}).items():
        address = f"{prefix}module.{name}"
        yield address
        yield from _called_by(call.get("module", {}), f"{address}.")
