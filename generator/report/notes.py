"""What a reviewer should know beside the diffs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from generator.changes.edit import ADDED, REMOVED, Edit, PartChange
from generator.changes.effects import DATA, Effect
from generator.changes.grants import Others
from generator.errors import listed
from generator.provider.versions import DEPRECATED
from generator.report.checklist import changed_nodes
from generator.report.markdown import code


def notes(edit: Edit) -> list[str]:
    """Return the notes, as Markdown, each once."""
    by_image = _services_by_image(edit)
    on_services = (_on_service(edit, part, by_image) for part in edit.services)
    found = chain(_on_the_unaffected(edit), *on_services, _on_losses(edit), _on_provider(edit), _on_companions(edit))
    return list(dict.fromkeys(found))


def unchanged_companions(edit: Edit) -> dict[str, bool]:
    """Return each hand-written file of the folder, and whether it is as it was."""
    old = edit.before.companions if edit.before else edit.after.companions
    return {name: old.get(name) == content for name, content in edit.after.companions.items()}


def _on_the_unaffected(edit: Edit) -> Iterator[str]:
    changed = {part.service for part in edit.services}
    for key in edit.after.catalogue.services:
        if key not in changed and edit.before:
            yield f"**{key} is unaffected:** no setting and no block of it changes."


def _on_service(edit: Edit, part: PartChange, by_image: Mapping[str, list[str]]) -> Iterator[str]:
    service = part.service
    if part.renamed_from:
        yield (
            f"**A rename:** {service} has the settings that {part.renamed_from} had. To Terraform it is another "
            "service: the old one is destroyed, and a new one created."
        )
    if part.gained and part.shares_role_with.number:
        yield (
            f"**Shared role:** {listed(part.shares_role_with.names, 'and')} may do what {service} gains: the role "
            f"{code(part.gained[0].role)} is theirs too. `role: own` gives {service} a role of its own."
        )
    if part.state == ADDED:
        same = Others.than(service, by_image[_image(edit, service)])
        if same.number:
            yield f"**Same image:** {service} runs the image of {listed(same.names, 'and')}."
    if part.state == REMOVED:
        yield f"**Removed:** {service} stops; what it took from a queue, or wrote, nobody does any more."


def _services_by_image(edit: Edit) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in edit.after.catalogue.services:
        found.setdefault(_image(edit, key), []).append(key)
    return found


def _image(edit: Edit, service: str) -> str:
    catalogue = edit.after.catalogue
    return catalogue.image_of(catalogue.services[service])


def _on_losses(edit: Edit) -> Iterator[str]:
    for change in edit.blocks:
        if change.effect is Effect.DATA_LOSS:
            lost = DATA[change.address.split(".")[-2]]
            yield f"**Data loss:** {code(change.address)} is destroyed with {lost}, which no rollback brings back."


def _on_provider(edit: Edit) -> Iterator[str]:
    used = {name for node in changed_nodes(edit) for name in node.uses}
    for (type_, attribute), version in DEPRECATED.items():
        if (type_, attribute) in used:
            name = code(f"{type_}.{attribute}")
            yield f"**Deprecated:** {name} still works, and is deprecated since AWS provider {version}."


def _on_companions(edit: Edit) -> Iterator[str]:
    for name, is_same in unchanged_companions(edit).items():
        if not is_same:
            yield f"**Changed by hand:** {code(name)} changes too. What that implies is not told here."
