"""A service that runs tasks of others: what it takes over from them, and what it says itself."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalogue.model import Catalogue
from generator.errors import CatalogueError
from tests.support.rendering import catalogue_of, dumped, module_of

BASE = {
    "version": 1,
    "project": "shop",
    "module": {"path": "out", "address": "module.shop"},
    "network": {"subnets": ["subnet-1"], "security_groups": [], "vpc": "vpc-1"},
}
WEB = {"kind": "backend", "image": "nginx:1", "port": 8080, "ports": [9090]}
BALANCED = {"load_balancer": {"target_group": "${var.a}", "port": 8080}}


def beside(web: dict[str, Any], of_web: dict[str, Any], **top: Any) -> Catalogue:
    services = {"web": web, "more": {"kind": "service", "task_definition": "web", **of_web}}
    return catalogue_of(dumped({**BASE, **top, "services": services}))


@pytest.mark.parametrize(
    ("names", "container"),
    [
        ({"service": "x-${tfgen.service}"}, "web"),
        ({"container": "x-${tfgen.service}"}, "x-web"),
    ],
)
def test_names_of_all_services_leave_the_container_to_the_service_that_has_it(
    names: dict[str, str], container: str
) -> None:
    for top in ({"names": names}, {"defaults": {"names": names}}):
        more: Any = beside(WEB, BALANCED, **top).services["more"]
        assert [front.container for front in more.in_front] == [container]


def test_a_name_for_the_container_is_an_error_where_the_service_itself_says_it() -> None:
    with pytest.raises(CatalogueError, match=r"more\.names\.container: the task definition of `web` says"):
        beside(WEB, {"names": {"container": "x"}})


def test_what_is_let_in_is_what_the_main_container_of_its_tasks_listens_on() -> None:
    more: Any = beside(WEB, {"security_group": {"ingress": {"lb": {"security_groups": ["sg-1"]}}}}).services["more"]
    assert more.ports_let_in == [(8080, "tcp"), (9090, "tcp")]


@pytest.mark.parametrize(
    ("web", "arn"),
    [
        (WEB, "${aws_ecs_task_definition.web.arn}"),
        (WEB | {"task_definition": "latest"}, "${data.aws_ecs_task_definition.web.arn}"),
        (
            {"kind": "job", "image": "nginx:1", "schedule": "rate(1 hour)", "task_definition": "latest"},
            "${aws_ecs_task_definition.web.arn}",
        ),
    ],
)
def test_it_runs_a_revision(web: dict[str, Any], arn: str) -> None:
    assert beside(web, {}).services["more"].task_definition_arn == arn


def test_the_strategy_of_a_cluster_may_have_instances() -> None:
    network = {"capacity": [], "network_mode": "bridge"}
    web: Any = beside(WEB | network | {"memory": 512}, network).services["web"]
    assert web.compatibility == "EC2"


def test_the_id_of_a_data_source_is_an_arn() -> None:
    services = {"more": {"kind": "service", "task_definition": "${data.aws_ecs_task_definition.old.id}"}}
    companion = 'data "aws_ecs_task_definition" "old" {\n  task_definition = "old"\n}\n'
    module = module_of(dumped({**BASE, "services": services}), old=companion)
    assert "task_definition = data.aws_ecs_task_definition.old.id" in module.files[0].text
