"""The cluster that the tasks run in: the one that the module makes, or one that exists."""

from __future__ import annotations

from dataclasses import dataclass

from generator.aws.resource_types import name_limit
from generator.catalogue import elsewhere
from generator.catalogue.chosen_names import NamePattern
from generator.catalogue.existing import (
    CLUSTERS,
    ArnOfExisting,
    Existing,
    NameOfExisting,
    existing_by_arn,
    told_of,
    with_name_by_terraform,
)
from generator.catalogue.existing import existing as that_exists
from generator.catalogue.named import Told
from generator.catalogue.names import ModuleNames
from generator.settings.parts import OrPart, Part, setting
from generator.settings.values import Choice, OrExpression, OrFalse

DEFAULT = "default"
"""The cluster that ECS takes where none is named.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html.
"""


class Cluster(Part):
    """A cluster that exists, which has an `arn`, or what the cluster that the module makes is like."""

    elsewhere = elsewhere.OF_A_CLUSTER

    arn: str | None = setting(ArnOfExisting(CLUSTERS), "ARN of a cluster that exists.", default=None)
    name: str | None = setting(NamePattern(name_limit("aws_ecs_cluster")), "Name of the cluster.", default=None)
    container_insights: str | None = setting(
        OrExpression(Choice("enabled", "enhanced", "disabled")),
        "Whether CloudWatch gathers metrics of its tasks.",
        default="enabled",
        writes=("aws_ecs_cluster.setting",),
        bare=None,
    )


CLUSTER = OrFalse(OrPart(NameOfExisting(CLUSTERS), Cluster))
"""What an author writes of the cluster."""


@dataclass(frozen=True)
class ClusterInUse:
    """How blocks name the cluster, as catalogue text: none where what the catalogue writes does not tell."""

    id: str | None
    arn: str | None
    name: str | None
    tasks: str | None
    """ARN of all tasks in it."""
    told: Told


def cluster_in_use(cluster: str | bool | Cluster | None, names: ModuleNames) -> ClusterInUse:
    """Return how blocks name the cluster of a catalogue that says this of it."""
    if cluster is False:
        return ClusterInUse(None, None, None, None, DEFAULT)
    if isinstance(cluster, str):
        return _in_use(that_exists(CLUSTERS, cluster), names)
    if isinstance(cluster, Cluster) and cluster.arn:
        found = existing_by_arn(CLUSTERS, cluster.arn, cluster.name)
        return _in_use(with_name_by_terraform(CLUSTERS, found), names)
    id_, arn = "${aws_ecs_cluster.this.id}", "${aws_ecs_cluster.this.arn}"
    return ClusterInUse(id_, arn, names.cluster, _tasks(names, names.cluster), names.cluster_in_aws)


def _in_use(found: Existing, names: ModuleNames) -> ClusterInUse:
    arn, tasks = found.arn, None
    if found.name:
        arn = arn or f"arn:{names.partition}:ecs:{names.in_account}:cluster/{found.name}"
        tasks = _tasks(names, found.name)
    return ClusterInUse(found.written, arn, found.name, tasks, told_of(found))


def _tasks(names: ModuleNames, cluster: str) -> str:
    return f"arn:{names.partition}:ecs:{names.in_account}:task/{cluster}/*"
