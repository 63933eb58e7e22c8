"""What stands in place of variables and of secrets is of a type that these can be read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.catalogue.use import Use
from generator.catalogue.uses.environment import EnvironmentUse
from generator.catalogue.uses.secrets import SecretsUse
from generator.errors import Problem
from generator.hcl.constraints import TEXT, Constraint
from generator.hcl.write.text import whole_expression
from generator.source.source import Key
from generator.verify.module import RenderedModule, told_where_written

_MAPPINGS = ("map", "object")
_LISTS = ("list", "tuple")


class _Place(NamedTuple):
    """Where an expression stands: the way to it from its container, and the name of the value in each of its objects.

    In place of a mapping, `value` is empty.
    """

    way: Key
    text: str
    value: str = ""

    @property
    def setting(self) -> str:
        return str(self.way[0])


def variables_are_of_their_types(module: RenderedModule) -> Iterator[Problem]:
    """Yield each expression of another type, once where it is written."""
    return told_where_written(module.source, _faults(module))


def _faults(module: RenderedModule) -> Iterator[tuple[Key, str, str]]:
    for container in module.catalogue.containers:
        for place in _places(container):
            expression = whole_expression(place.text) or ""
            constraint = module.type_of(expression)
            fault = _fault(place, expression, constraint) if constraint else None
            if fault:
                yield (*container.place, *place.way), *fault


def _places(container: Use) -> Iterator[_Place]:
    if isinstance(container, EnvironmentUse):
        yield from _of_setting("environment", container.environment, container.environment_from, "value")
    if isinstance(container, SecretsUse):
        yield from _of_setting("secrets", container.secrets, container.secrets_from, "valueFrom")


def _of_setting(name: str, mapping: object, lists: tuple[str, ...], value: str) -> Iterator[_Place]:
    if isinstance(mapping, str):
        yield _Place((name,), mapping)
    for index, text in enumerate(lists):
        yield _Place((f"{name}_from", index), text, value)


def _fault(place: _Place, expression: str, constraint: Constraint) -> tuple[str, str] | None:
    """Return what is wrong with an expression, and the remedy, if anything is."""
    what = f"`{place.text}` is of the type {constraint.name}"
    if not place.value:
        return _fault_of_mapping(place, what, constraint)
    if constraint.name == "set":
        return f"{what}, and `concat` takes lists alone", f"write `${{tolist({expression})}}`"
    remedy = f"write an expression that is a list of objects with `name` and `{place.value}`"
    if constraint.name not in _LISTS:
        return f"{what}, and each entry of `{place.setting}` is a list", remedy
    elements = list(_elements(constraint))
    other = next((one for one in elements if one.name not in _MAPPINGS), None)
    if other:
        return f"{what} with elements of the type {other.name}", remedy
    values = (one.member(place.value) for one in elements)
    no_text = next((one for one in values if one and one != TEXT), None)
    what = f"{what} in which `{place.value}` is of the type"
    return (f"{what} {no_text.name}", f"let each `{place.value}` be a text") if no_text else None


def _fault_of_mapping(place: _Place, what: str, constraint: Constraint) -> tuple[str, str] | None:
    if constraint.name not in _MAPPINGS:
        remedy = f"write an expression that is a mapping, or a list of objects under `{place.setting}_from`"
        return f"{what}, and `{place.setting}` is a mapping", remedy
    other = next((one for one in _elements(constraint) if one.is_collection), None)
    return (f"{what} with values of the type {other.name}", "let each of its values be a text") if other else None


def _elements(constraint: Constraint) -> Iterator[Constraint]:
    if constraint.element:
        yield constraint.element
    yield from constraint.members.values()
