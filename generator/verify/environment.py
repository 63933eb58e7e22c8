"""Each environment variable has a value that can be a text: a list or an object cannot."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.uses.environment import EnvironmentUse
from generator.errors import Problem
from generator.hcl.write.text import whole_expression
from generator.source.source import Key
from generator.verify.module import RenderedModule, told_where_written


def environment_is_of_texts(module: RenderedModule) -> Iterator[Problem]:
    """Yield each value that is a list or an object, once where it is written."""
    return told_where_written(module.source, _faults(module))


def _faults(module: RenderedModule) -> Iterator[tuple[Key, str, str]]:
    for container in module.catalogue.containers:
        values = container.known_variables if isinstance(container, EnvironmentUse) else {}
        for name, value in values.items():
            fault = _fault(module, value) if "${" in value else None
            if fault:
                yield (*container.place, "environment", name), *fault


def _fault(module: RenderedModule, value: str) -> tuple[str, str] | None:
    """Return what is wrong with a value, and the remedy, if anything is."""
    expression = whole_expression(value)
    constraint = module.type_of(expression) if expression is not None else None
    if constraint is None or not constraint.is_collection:
        return None
    what = f"`{value}` is of the type {constraint.name}, and an environment variable is a text"
    joined = f', or `${{join(",", {expression})}}`' if constraint.name in ("list", "set") else ""
    return what, f"write `${{jsonencode({expression})}}`{joined}"
