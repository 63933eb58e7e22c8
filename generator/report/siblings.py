"""A new service beside the one that is most like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.catalogue.service import Service, settings_of
from generator.changes.fields import flat
from generator.edition import Edition
from generator.report.markdown import Markdown
from generator.source.source import Key, dotted

Features = dict[str, str]
"""The features of a service by their names."""


@dataclass(frozen=True)
class Comparison:
    """Two services: the features in which they differ, as (feature, sibling's, service's), and those they share.

    A feature that one of them has not is `None` there.
    """

    sibling: str
    service: str
    different: list[tuple[str, str | None, str | None]]
    same: list[tuple[str, str | None]]


def comparisons(edition: Edition, services: Sequence[str], others: Sequence[str]) -> list[Comparison]:
    """Compare each service with that of the others with which it has the most features in common, if there is any."""
    if not (services and others):
        return []
    features = {key: _features(edition, edition.catalogue.services[key]) for key in (*services, *others)}
    return [_beside_nearest(features, service, others) for service in services]


def _beside_nearest(features: Mapping[str, Features], service: str, others: Sequence[str]) -> Comparison:
    own = features[service]
    sibling = max(others, key=lambda other: len(own.items() & features[other].items()))
    theirs = features[sibling]
    pairs = [(feature, theirs.get(feature), own.get(feature)) for feature in {**theirs, **own}]
    return Comparison(
        sibling,
        service,
        different=[pair for pair in pairs if pair[1] != pair[2]],
        same=[(feature, value) for feature, other, value in pairs if other == value],
    )


def _features(edition: Edition, service: Service) -> Features:
    """Return what a service is called in AWS, and its settings."""
    features = service.all_features(edition.catalogue)
    called = {
        Markdown(feature.name).format(feature.container): edition.names.told(feature.value) for feature in features
    }
    settings = {dotted(key): text for key, text in flat(settings_of(service)).items() if not _is_told_by_feature(key)}
    return called | settings


_TOLD_BY_FEATURES = ("log_group", "policy_name", "role", "execution_role", "image", "outputs")
_TOLD_OF_CONTAINERS = {"image", "when"}


def _is_told_by_feature(key: Key) -> bool:
    of_container = key[0] == "containers" and bool(set(key[2:3]) & _TOLD_OF_CONTAINERS)
    of_container |= key[:2] == ("log_router", "image")
    return of_container or key[0] in _TOLD_BY_FEATURES
