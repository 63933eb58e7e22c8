"""What to see to before an apply, derived from what the changed blocks and services use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.aws.resource_types import resource_type
from generator.aws.versions import least_versions
from generator.catalogue.named import NameInAws
from generator.catalogue.service import Service
from generator.catalogue.use import Check
from generator.changes.edit import Edit, PartChange
from generator.changes.effects import Effect
from generator.edition import Edition
from generator.hcl.addresses import within
from generator.hcl.nodes import ModuleNode
from generator.report.markdown import Markdown, enumerated, prose, words


def checks(edit: Edit) -> list[Markdown]:
    """Return the points of the checklist, each once."""
    return list(dict.fromkeys(_checks(edit)))


def changed_nodes(edit: Edit) -> list[ModuleNode]:
    """Return every block that is new or written differently, the data sources and locals among them."""
    old = edit.nodes_before
    return [node for address, node in edit.after.nodes.items() if old.get(address) != node]


def _checks(edit: Edit) -> Iterator[Markdown]:
    nodes, old = changed_nodes(edit), edit.nodes_before
    variables = sorted({name for node in nodes for name in _variables(node) - _variables(old.get(node.address))})
    if variables:
        yield Markdown("The variables that the change uses are set: {}").format(enumerated(variables))
    for part in edit.services:
        yield from _told(edit, _of_service(edit, part.service))
    yield from _of_those_that_stay(edit)
    for name, version in least_versions({name for node in nodes for name in node.uses - _uses(old.get(node.address))}):
        yield Markdown("The AWS provider is {} or newer ({})").format(words(version), name)
    for part in edit.parts:
        yield from _of_losses(part)
    for address, argument in edit.kept_from_deletion.items():
        told = Markdown("{} is empty, or `{} = true` was applied to it before: AWS deletes it only then")
        yield told.format(address, words(argument))


def _uses(node: ModuleNode | None) -> set[tuple[str, str]]:
    return node.uses if node else set()


def _variables(node: ModuleNode | None) -> set[str]:
    return {read.address for read in node.read if read.type == "var"} if node else set()


def _of_service(edit: Edit, key: str) -> Iterator[Check]:
    """Yield what a service needs that it did not need before, or that is not there any more."""
    is_same_module = edit.before and edit.before.address == edit.after.address
    before = [*_checks_of(edit.before, key)] if edit.before and is_same_module else []
    return (check for check in _checks_of(edit.after, key) if check not in before or _is_of_new_block(edit, check))


def _is_of_new_block(edit: Edit, check: Check) -> bool:
    named = {within(edit.after.address, value.address) for value in check.values if isinstance(value, NameInAws)}
    return any(change.address in named and change.effect is Effect.DATA_LOSS for change in edit.blocks)


def _checks_of(edition: Edition, key: str) -> Iterable[Check]:
    service = edition.catalogue.services.get(key)
    return service.all_checks(edition.catalogue) if service and service.is_rendered else ()


def _told(edit: Edit, checks: Iterable[Check]) -> Iterator[Markdown]:
    """What several containers of a service ask of one thing is one point."""
    alike: dict[Check, list[Check]] = {}
    for check in checks:
        alike.setdefault(check._replace(holds=(), container=""), []).append(check)
    for check, those in alike.items():
        told = Markdown(check.sentence).format(*map(edit.after.names.told, check.values))
        yield Markdown("{}{}{}").format(told, _holding(those), _for_containers(those))


def _holding(checks: Iterable[Check]) -> Markdown:
    held = dict.fromkeys(text for check in checks for text in check.holds)
    return Markdown(", with {} in it").format(enumerated(held)) if held else Markdown("")


def _for_containers(checks: Iterable[Check]) -> Markdown:
    """Return which containers checks are about: nothing where one is about the main container, or about none."""
    names = [check.container for check in checks]
    if not all(names):
        return Markdown("")
    if len(names) == 1:
        return Markdown(", for the container {}").format(*names)
    return Markdown(", for the containers {}").format(prose(names))


def _of_those_that_stay(edit: Edit) -> Iterator[Markdown]:
    changed = {part.service for part in edit.services}
    for service in edit.after.catalogue.rendered_services:
        key = service.names.key
        if key not in changed and edit.before and key in edit.before.catalogue.services:
            yield from (_where_it_is(service, told) for told in _told(edit, service.while_it_stays()))


def _where_it_is(service: Service, told: Markdown) -> Markdown:
    """Return a point that can hold only where the service is there."""
    condition = service.is_there
    return Markdown("{}, where {} is true").format(told, condition) if isinstance(condition, str) else told


def _of_losses(part: PartChange) -> Iterator[Markdown]:
    for change in part.blocks:
        if change.effect is Effect.DATA_LOSS:
            lost = words(resource_type(change.address.split(".")[-2]).lost)
            yield Markdown("Nobody needs {} any more: {} is destroyed").format(lost, change.address)
