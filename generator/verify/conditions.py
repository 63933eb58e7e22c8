"""Each block of a service under a condition has `count`: an own template may know of no condition."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.source.source import Key
from generator.verify.instances import repeated_in_rendered
from generator.verify.module import ProvenFiles, RenderedModule, told_where_written

_REMEDY = "fix the template: write `{{ count_of(service) }}`, of `service/count.tf.j2`, as the first line of the block"


def conditions_are_rendered(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield each block without `count` of a service with a condition, once where the condition is written."""
    return told_where_written(module.source, _faults(module, files))


def _faults(module: RenderedModule, files: ProvenFiles) -> Iterator[tuple[Key, str, str]]:
    with_condition = [one for one in module.catalogue.rendered_services if one.names.index]
    if not with_condition:
        return
    repeated = repeated_in_rendered(files)
    for service in with_condition:
        for block in service.blocks():
            if not repeated.get(block.address, "count"):
                yield service.entry("when"), f"the templates write no `count` into {block.address}", _REMEDY
