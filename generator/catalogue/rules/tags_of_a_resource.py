"""The tags of a resource, those of the module and of the service together, are as AWS takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.aws import limits
from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.service import Service
from generator.catalogue.uses.tags import TagsUse
from generator.settings.breach import Breach
from generator.settings.values import shown
from generator.source.source import Key


def _every_resource_can_have_its_tags(catalogue: Catalogue) -> Iterator[Breach]:
    of_all = _known(catalogue.tags)
    yield from _too_many(("tags",), of_all)
    yield from _alike(("tags",), (), of_all)
    for key, service in catalogue.services.items():
        if isinstance(service, TagsUse) and service.tags:
            entry, own = ("services", key, "tags"), _known(service.tags)
            if len(of_all) <= limits.MOST_TAGS:
                yield from _too_many(entry, {**of_all, **own})
            if _has_a_role(service):
                yield from _alike(entry, of_all, own)


def _known(tags: Mapping[str, str] | str) -> Mapping[str, str]:
    """Return tags by their keys; of an expression, none are known."""
    return {} if isinstance(tags, str) else tags


def _too_many(entry: Key, tags: Iterable[str]) -> Iterator[Breach]:
    count = len([*tags])
    if count > limits.MOST_TAGS:
        what = f"that makes {count} tags on a resource, and AWS allows {limits.MOST_TAGS}"
        yield Breach(entry, what, f"remove {count - limits.MOST_TAGS}")


def _has_a_role(service: Service) -> bool:
    """To ECS and CloudWatch Logs, keys in another case are other keys: only a role refuses them."""
    return any(block.type == "aws_iam_role" for block in service.blocks())


def _alike(entry: Key, under: Iterable[str], keys: Iterable[str]) -> Iterator[Breach]:
    first = {key.lower(): key for key in under}
    for key in keys:
        other = first.setdefault(key.lower(), key)
        if other != key:
            what = f"IAM refuses a role with this tag and {shown(other)}, which differs from it in case alone"
            yield Breach((*entry, key), what, "write one of them like the other, or rename it", at_key=True)


TAGS_OF_A_RESOURCE = CatalogueRule(
    "tags-of-a-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html",
    _every_resource_can_have_its_tags,
)
