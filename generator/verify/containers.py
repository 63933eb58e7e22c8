"""Each further container of the catalogue is in its task definition: an own template may know of the main one alone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.errors import Problem
from generator.source.source import Key
from generator.verify.module import ProvenFiles, RenderedModule, told_where_written


def containers_are_rendered(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield each container whose name does not stand in its task definition, once where it is written."""
    return told_where_written(module.source, _faults(module, files))


def _faults(module: RenderedModule, files: ProvenFiles) -> Iterator[tuple[Key, str, str]]:
    with_others = [one for one in module.catalogue.rendered_services if len(one.all_containers) > 1]
    if not with_others:
        return
    texts = _texts_of_blocks(module, files)
    for service in with_others:
        address = f"aws_ecs_task_definition.{service.names.terraform}"
        for container in service.all_containers[1:]:
            name = container.names.container
            if json.dumps(name) not in texts.get(address, json.dumps(name)):
                what = f"the templates write no container `{name}` into {address}"
                yield container.place, what, "fix the template, or remove this"


def _texts_of_blocks(module: RenderedModule, files: ProvenFiles) -> dict[str, str]:
    """Return the text of each block of the main file by its address."""
    main = module.catalogue.module.files.main
    lines = next(file.text for file in module.files if file.name == main).split("\n")
    blocks = [*files[main].blocks]
    ends = [*(block.line - 1 for block in blocks[1:]), len(lines)]
    return {block.address: "\n".join(lines[block.line - 1 : end]) for block, end in zip(blocks, ends, strict=True)}
