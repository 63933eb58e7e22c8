"""What a reviewer should know beside the diffs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from generator.aws.resource_types import resource_type
from generator.aws.versions import DEPRECATED
from generator.catalogue.ecs_service import EcsService
from generator.catalogue.uses.image import ImageUse
from generator.catalogue.uses.launch import LaunchUse
from generator.changes.edit import ADDED, REMOVED, Edit, PartChange
from generator.changes.effects import Effect
from generator.changes.grants import Others
from generator.report.checklist import changed_nodes
from generator.report.markdown import Markdown, prose, words


def notes(edit: Edit) -> list[Markdown]:
    """Return the notes, each once."""
    by_image = _services_by_image(edit)
    on_services = (_on_service(edit, part, by_image) for part in edit.services)
    found = chain(_on_the_unaffected(edit), *on_services, _on_losses(edit), _on_provider(edit), _on_companions(edit))
    return list(dict.fromkeys(found))


def unchanged_companions(edit: Edit) -> dict[str, bool]:
    """Return each hand-written file of the folder, and whether it is as it was."""
    old = edit.before.companions if edit.before else edit.after.companions
    new = edit.after.companions
    return {name: name in old and _unix(old[name]) == _unix(content) for name, content in new.items()}


def _unix(content: bytes) -> bytes:
    """A clone may have other line endings than the commit: git's `core.autocrlf` makes them."""
    return content.replace(b"\r\n", b"\n")


def _on_the_unaffected(edit: Edit) -> Iterator[Markdown]:
    changed = {part.service for part in edit.services}
    for key in edit.after.catalogue.services:
        if key not in changed and edit.before:
            yield Markdown("**{} is unaffected:** no setting and no block of it changes.").format(key)


def _changes_its_capacity(edit: Edit, key: str) -> bool:
    """Tell whether an ECS service that runs gets another strategy, comes to one, or leaves it.

    Source: https://github.com/hashicorp/terraform-provider-aws/pull/43533.
    """
    services = [edition.catalogue.services.get(key) if edition else None for edition in (edit.before, edit.after)]
    found = [one.strategy for one in services if isinstance(one, EcsService) and isinstance(one, LaunchUse)]
    return len(found) > 1 and found[0] != found[1]


def _on_service(edit: Edit, part: PartChange, by_image: Mapping[str, list[str]]) -> Iterator[Markdown]:
    service = part.service
    if part.renamed_from:
        yield Markdown(
            "**A rename:** {} has the settings that {} had. To Terraform it is another service: the old one is "
            "destroyed, and a new one created."
        ).format(service, part.renamed_from)
    if part.is_shared_gain:
        yield Markdown(
            "**Shared role:** {} may do what {} gains too: they share the role {}. `role: own` gives {} a role of its "
            "own."
        ).format(_named(part.shares_role_with), service, part.task_role, service)
    if _changes_its_capacity(edit, service):
        yield Markdown(
            "**Capacity providers:** those of {} change. AWS provider 6.15.0 or newer changes the service in place, "
            "and its plan fails without `force_new_deployment = true`; an older one destroys the service and creates "
            "it again."
        ).format(service)
    if part.state == ADDED:
        same = Others.than(service, by_image[_image(edit, service)])
        if same.number:
            yield Markdown("**Same image:** {} runs the image of {}.").format(service, _named(same))
    if part.state == REMOVED:
        told = Markdown("**Removed:** {} stops. Nothing takes over its work, such as reading a queue or writing data.")
        yield told.format(service)


def _named(others: Others) -> Markdown:
    return prose([*others.first, *(words(more) for more in others.unnamed)])


def _services_by_image(edit: Edit) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in edit.after.catalogue.services:
        found.setdefault(_image(edit, key), []).append(key)
    return found


def _image(edit: Edit, key: str) -> str:
    service = edit.after.catalogue.services[key]
    return service.image_reference(edit.after.catalogue) if isinstance(service, ImageUse) else ""


def _on_losses(edit: Edit) -> Iterator[Markdown]:
    for change in edit.blocks:
        if change.effect is Effect.DATA_LOSS:
            lost = words(resource_type(change.address.split(".")[-2]).lost)
            told = Markdown("**Data loss:** {} is destroyed with {}. No rollback restores that.")
            yield told.format(change.address, lost)


def _on_provider(edit: Edit) -> Iterator[Markdown]:
    used = {name for node in changed_nodes(edit) for name in node.uses}
    for (type_, attribute), version in DEPRECATED.items():
        if (type_, attribute) in used:
            told = Markdown("**Deprecated:** {} still works, and is deprecated since AWS provider {}.")
            yield told.format(f"{type_}.{attribute}", words(version))


def _on_companions(edit: Edit) -> Iterator[Markdown]:
    for name, is_same in unchanged_companions(edit).items():
        if not is_same:
            yield Markdown("**Changed by hand:** {} changes too. This document does not say what that implies.").format(
                name
            )
