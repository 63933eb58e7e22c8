"""What to see to before an apply, derived from what the changed blocks and services use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.aws.resource_types import resource_type
from generator.aws.versions import least_versions
from generator.catalogue.use import Check
from generator.changes.edit import Edit, PartChange
from generator.changes.effects import Effect
from generator.hcl.nodes import ModuleNode
from generator.report.markdown import Markdown, enumerated, words


def checks(edit: Edit) -> list[Markdown]:
    """Return the points of the checklist, each once."""
    return list(dict.fromkeys(_checks(edit)))


def changed_nodes(edit: Edit) -> list[ModuleNode]:
    """Return every block that is new or written differently, the data sources and locals among them."""
    old = edit.nodes_before
    return [node for address, node in edit.after.nodes.items() if old.get(address) != node]


def _checks(edit: Edit) -> Iterator[Markdown]:
    nodes = changed_nodes(edit)
    variables = sorted({read.address for node in nodes for read in node.read if read.type == "var"})
    if variables:
        yield Markdown("The variables that the change uses are set: {}").format(enumerated(variables))
    for part in edit.services:
        if part.service in edit.after.catalogue.services:
            service = edit.after.catalogue.services[part.service]
            yield from _told(edit, service.all_checks(edit.after.catalogue))
    yield from _of_those_that_stay(edit)
    for name, version in least_versions({name for node in nodes for name in node.uses}):
        yield Markdown("The AWS provider is {} or newer ({})").format(words(version), name)
    for part in edit.parts:
        yield from _of_losses(part)


def _told(edit: Edit, checks: Iterable[Check]) -> Iterator[Markdown]:
    names = edit.after.names
    for check in checks:
        values = [enumerated(value) if isinstance(value, list) else names.told(value) for value in check.values]
        yield Markdown(check.sentence).format(*values)


def _of_those_that_stay(edit: Edit) -> Iterator[Markdown]:
    changed = {part.service for part in edit.services}
    for key, service in edit.after.catalogue.services.items():
        if key not in changed and edit.before and key in edit.before.catalogue.services:
            yield from _told(edit, service.while_it_stays())


def _of_losses(part: PartChange) -> Iterator[Markdown]:
    for change in part.blocks:
        if change.effect is Effect.DATA_LOSS:
            lost = words(resource_type(change.address.split(".")[-2]).lost)
            yield Markdown("Nobody needs {} any more: {} is destroyed").format(lost, change.address)
