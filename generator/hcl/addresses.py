"""Addresses of a plan, taken apart: the module, the block, and the instance of either.

Source: Terraform's documentation, "Resource Address Reference".
"""

from __future__ import annotations

import re
from typing import NamedTuple

_STEP = re.compile(r'(?P<name>[^.\[\]"]+)(?:\[(?P<key>\d+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)')

ROOT = "root"
"""What a catalogue calls the root module in `module.address`."""


class ResourceAddress(NamedTuple):
    """`module` is the instance of the module, empty for the root module; `key` is the block's key, or empty.

    `module.a[0].aws_x.b["c"]` is of module `module.a[0]` and block `aws_x.b`, with the key `"c"`.
    """

    module: str
    block: str
    key: str

    @property
    def type(self) -> str:
        """The type of the resource, or `data.` and that of the data source."""
        return self.block.rpartition(".")[0]

    @property
    def called(self) -> str:
        """The module without keys, as a catalogue names it."""
        return without_keys(self.module) or ROOT

    def __str__(self) -> str:
        return within(self.module or ROOT, self.block) + (f"[{self.key}]" if self.key else "")


def parsed(address: str) -> ResourceAddress:
    """Return the parts of an address. One of another form is a block of the root module."""
    steps: list[tuple[str, str]] = []
    end = 0
    while end < len(address):
        match = _STEP.match(address, end)
        if match is None:
            return ResourceAddress("", address, "")
        steps.append((match["name"], match["key"] or ""))
        end = match.end()
    modules = 0
    while steps[modules : modules + 1] and steps[modules][0] == "module":
        modules += 2
    if any(key for _, key in steps[modules:-1]):  # only the last part of a block's address has a key
        return ResourceAddress("", address, "")
    module = ".".join(f"{name}[{key}]" if key else name for name, key in steps[:modules])
    block = ".".join(name for name, _ in steps[modules:])
    return ResourceAddress(module, block, steps[-1][1] if steps[modules:] else "")


def without_keys(module: str) -> str:
    """Return a module's address without the keys of instances."""
    return ".".join(match["name"] for match in _STEP.finditer(module))


def type_of(block: str) -> str:
    """Return the type of a resource or data source, as the address of a block begins with it."""
    return block.rpartition(".")[0]


def within(module: str, block: str) -> str:
    """Return the full address of a block of a module."""
    return block if module == ROOT else f"{module}.{block}"


def is_output(address: str) -> bool:
    """Tell whether the full address of a block is that of an output."""
    return parsed(address).block.startswith("output.")


def quoted(key: str) -> str:
    """Return the key of an instance of `for_each` as addresses have it."""
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"').replace("${", "$${").replace("%{", "%%{") + '"'
