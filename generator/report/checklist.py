"""What to see to before an apply, derived from what the changed blocks and services use."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.service import Service
from generator.changes.edit import Edit, PartChange
from generator.changes.effects import DATA, Effect
from generator.hcl.nodes import Node
from generator.provider.versions import least_versions
from generator.report.markdown import code


def checks(edit: Edit) -> list[str]:
    """Return the points of the checklist, as Markdown, each once."""
    return list(dict.fromkeys(_checks(edit)))


def changed_nodes(edit: Edit) -> list[Node]:
    """Return every block that is new or written differently, the data sources and locals among them."""
    old = edit.before.nodes if edit.before else {}
    return [node for address, node in edit.after.nodes.items() if old.get(address) != node]


def _checks(edit: Edit) -> Iterator[str]:
    nodes = changed_nodes(edit)
    variables = sorted({read.address for node in nodes for read in node.read if read.type == "var"})
    if variables:
        yield f"The variables that the change uses are set: {', '.join(map(code, variables))}"
    for part in edit.services:
        if part.service in edit.after.catalogue.services:
            yield from _of_service(edit, edit.after.catalogue.services[part.service])
    yield from _of_those_that_stay(edit)
    for name, version in least_versions({name for node in nodes for name in node.uses}):
        yield f"The AWS provider is {version} or newer ({code(name)})"
    for part in edit.parts:
        yield from _of_losses(part)


def _of_service(edit: Edit, service: Service) -> Iterator[str]:
    scripts = [code(word) for word in (*service.entry_point, *service.command) if "/" in word]
    image = _image(edit, service)
    yield f"The image {image} is built and pushed" + (f", with {', '.join(scripts)} in it" if scripts else "")
    for variable, secret in service.secrets.items():
        yield f"The secret {code(secret)} has a value ({code(variable)})"
    if service.queue:
        yield f"The queue {code(service.queue)} exists in the account and region that are applied to"
    for bucket in service.buckets:
        yield f"The bucket {code(bucket.name)} exists"


def _image(edit: Edit, service: Service) -> str:
    images = edit.after.catalogue.images
    chosen = edit.after.catalogue.image_chosen_by(service)
    return code(f"{images[chosen].repository}:{images[chosen].tag}") if chosen in images else code(chosen)


def _of_those_that_stay(edit: Edit) -> Iterator[str]:
    changed = {part.service for part in edit.services}
    for key, service in edit.after.catalogue.services.items():
        if key not in changed and edit.before and key in edit.before.catalogue.services:
            yield f"The service {code(service.names.service)} is running and healthy"


def _of_losses(part: PartChange) -> Iterator[str]:
    for change in part.blocks:
        if change.effect is Effect.DATA_LOSS:
            type_ = change.address.split(".")[-2]
            yield f"Nobody needs {DATA[type_]} any more: {code(change.address)} is destroyed"
