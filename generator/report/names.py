"""Names in AWS as they are rendered: a template of the project may give other ones than the convention."""

from __future__ import annotations

from collections.abc import Mapping

from generator.catalogue.service import CommandLine, Service
from generator.catalogue.use import Check
from generator.edition import Edition

_CLUSTER = "aws_ecs_cluster.this"


def rendered_names(edition: Edition, service: Service) -> Mapping[str, str]:
    """Return each name of the convention that is rendered as another, and that one, if no expression gives it."""
    blocks = {block.address: block.name for block in service.blocks() if block.name}
    blocks[_CLUSTER] = edition.catalogue.names.cluster
    found: dict[str, str] = {}
    for address, name in blocks.items():
        node = edition.nodes.get(address)
        rendered = node.arguments.get("name", node.arguments.get("family")) if node else None
        if isinstance(rendered, str) and rendered != name:
            found[name] = rendered
    return found


def with_names(line: CommandLine, names: Mapping[str, str]) -> CommandLine:
    """Return a line with the names that are rendered."""
    return line._replace(words=tuple(names.get(word, word) for word in line.words))


def check_with_names(check: Check, names: Mapping[str, str]) -> Check:
    """Return a point of the checklist with the names that are rendered."""
    return check._replace(
        values=tuple(names.get(value, value) if isinstance(value, str) else value for value in check.values)
    )
