"""What runs tasks knows the cluster that it runs them in, and nothing else is said of that where it exists."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.cluster import DEFAULT, Cluster
from generator.catalogue.ecs_service import EcsService
from generator.catalogue.kinds.job import Job
from generator.catalogue.model import Catalogue
from generator.catalogue.provider_types import type_of_block
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.written_arguments import contradictions
from generator.settings.breach import Breach
from generator.settings.parts import given_settings

_CLUSTER, _INSIGHTS = "cluster", "container_insights"


def _whoever_runs_tasks_knows_the_cluster(catalogue: Catalogue) -> Iterator[Breach]:
    running = [one.names.key for one in catalogue.rendered_services if isinstance(one, EcsService | Job)]
    jobs = [one.names.key for one in catalogue.rendered_services if isinstance(one, Job)]
    if catalogue.cluster is False and running:
        is_said = _CLUSTER in given_settings(catalogue)
        instead = "remove it" if is_said else "write `cluster: {}` for one that the module makes"
        remedy = f"{instead}, or name one that exists: where none is named, ECS takes the one named `{DEFAULT}`"
        yield Breach((_CLUSTER,), f"{running[0]} runs in a cluster", remedy)
    elif jobs and catalogue.cluster_in_use.tasks is None:
        what = f"the policy of {jobs[0]} needs the ARN of the cluster and its name, and this does not tell them"
        yield Breach((_CLUSTER,), what, "write `{arn: …, name: …}`, or `{arn: …}` if it is the ARN")


def _what_exists_has_no_settings(catalogue: Catalogue) -> Iterator[Breach]:
    cluster = catalogue.cluster
    if isinstance(cluster, Cluster) and cluster.arn and _INSIGHTS in given_settings(cluster):
        what = "the cluster exists, and tfgen changes nothing of it"
        yield Breach((_CLUSTER, _INSIGHTS), what, "remove it, or `arn`", at_key=True)


def _nothing_is_said_twice(catalogue: Catalogue) -> Iterator[Breach]:
    cluster = catalogue.cluster
    if isinstance(cluster, Cluster):
        for name, said in catalogue.terraform.items():
            for breach in contradictions(cluster, type_of_block(name), said, (_CLUSTER,)):
                yield breach.below(name).below("terraform")


CLUSTER_IS_KNOWN = CatalogueRule(
    "cluster-is-known",
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html",
    _whoever_runs_tasks_knows_the_cluster,
)

CLUSTER_THAT_EXISTS = CatalogueRule("cluster-that-exists", "docs/catalogue.md", _what_exists_has_no_settings)

CLUSTER_SAID_ONCE = CatalogueRule("cluster-said-once", "docs/catalogue.md", _nothing_is_said_twice)
