"""What must hold between the entries of a catalogue, and no entry can tell alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from generator.aws import limits
from generator.aws.resource_types import resource_type
from generator.catalogue.blocks import Block
from generator.catalogue.credentials import looks_like_a_credential
from generator.catalogue.model import Catalogue
from generator.errors import Words, listed
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.source.source import Key, dotted

_BARE_WORD = re.compile(r"[A-Za-z0-9_-]+")
"""Neither a registry nor a tag: such an image can only be meant as a key of `images`."""


_MOST_LISTED = 20
"""Images that a message names."""


def breaches(catalogue: Catalogue) -> Iterator[Breach]:
    """Yield every breach of every rule."""
    for rule in _RULES:
        yield from rule(catalogue)


def _every_image_is_known(catalogue: Catalogue) -> Iterator[Breach]:
    images = Words(catalogue.images)
    for key, service in catalogue.services.items():
        path = ("services", key, "image")
        image = service.image
        if image is None and len(catalogue.images) != 1:
            remedy = "write `image:` with a key of `images` or an image reference"
            yield Breach(path[:-1], f"it names no image, and `images` has {len(catalogue.images)} entries", remedy)
        elif image is not None and _BARE_WORD.fullmatch(image) and image not in catalogue.images:
            near = images.nearest(image)
            known = f"use {listed([*islice(catalogue.images, _MOST_LISTED)])}, or " if catalogue.images else ""
            remedy = f"did you mean `{near}`?" if near else f"{known}write its tag as well, such as `{image}:1.2.3`"
            yield Breach(path, f"`{image}` is no entry of `images`", remedy)


def _memory_goes_with_cpu(catalogue: Catalogue) -> Iterator[Breach]:
    for key, service in catalogue.services.items():
        sizes = limits.FARGATE_MEMORY_MIB[service.cpu]
        if service.memory not in sizes:
            what = f"Fargate has no task with {service.cpu} CPU units and {service.memory} MiB"
            yield Breach(("services", key, "memory"), what, f"use {listed(sizes)}")


def _every_health_check_has_a_command(catalogue: Catalogue) -> Iterator[Breach]:
    """It may come from `defaults`, which need not hold a whole check."""
    for key, service in catalogue.services.items():
        if service.health_check and service.health_check.command is None:
            what = "its health check has no `command`, neither of its own nor from `defaults`"
            yield Breach(("services", key), what, "add `health_check.command` to one of them")


def _no_variable_is_set_twice(catalogue: Catalogue) -> Iterator[Breach]:
    for key, service in catalogue.services.items():
        twice = [name for name in service.secrets if name in service.environment]
        if twice:
            what = "ECS refuses a name that stands in both `environment` and `secrets`"
            remedy = f"keep one of each: {', '.join(twice)}"
            yield Breach(("services", key, "secrets", twice[0]), what, remedy, at_key=True)


def _every_block_is_one(catalogue: Catalogue) -> Iterator[Breach]:
    first: dict[str, Block] = {}
    told: set[tuple[Key, Key]] = set()
    for block in catalogue.main_blocks + catalogue.output_blocks:
        for name in _unique_names(block):
            other = first.setdefault(name, block)
            if other is not block and (block.entry, other.entry) not in told:
                told.add((block.entry, other.entry))
                owner = dotted(other.entry) or "the module itself"
                yield Breach(block.entry, f"it makes a second {name}, beside that of {owner}", "rename one of them")


def _unique_names(block: Block) -> Iterator[str]:
    yield block.address
    if block.name:
        yield f"{block.type} named {block.name}"


def _every_name_fits(catalogue: Catalogue) -> Iterator[Breach]:
    for block in catalogue.main_blocks:
        limit = resource_type(block.type).name_limit
        if limit and len(block.name) > limit.length:
            what = f"the name {block.name} of its {block.type} has {len(block.name)} characters"
            yield Breach(block.entry, what, f"AWS takes {limit.length}: shorten it by {len(block.name) - limit.length}")


def _no_permission_reaches_others(catalogue: Catalogue) -> Iterator[Breach]:
    sharing = [key for key, service in catalogue.services.items() if not service.has_own_role]
    granting = [key for key in sharing if catalogue.services[key].statements]
    for key in granting if len(sharing) > 1 else []:
        other = sharing[1] if sharing[0] == key else sharing[0]
        named = other if len(sharing) == 2 else f"{other} and {len(sharing) - 2} more"
        what = f"what {key} may do, {named} may do too: they share aws_iam_role.task"
        yield Breach(("services", key), what, "give it a role of its own with `role: own`", "warning")


def _no_credential_is_in_the_open(catalogue: Catalogue) -> Iterator[Breach]:
    for key, service in catalogue.services.items():
        for name, value in service.environment.items():
            if is_literal(value) and looks_like_a_credential(name, value):
                path = ("services", key, "environment", name)
                what = "it looks like a credential, and whoever may read the task definition can read it"
                yield Breach(path, what, "keep it in Secrets Manager, and name that under `secrets`", "warning")


_RULES: tuple[Callable[[Catalogue], Iterator[Breach]], ...] = (
    _memory_goes_with_cpu,
    _every_health_check_has_a_command,
    _no_variable_is_set_twice,
    _every_image_is_known,
    _every_block_is_one,
    _every_name_fits,
    _no_permission_reaches_others,
    _no_credential_is_in_the_open,
)
