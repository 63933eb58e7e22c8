"""A container in ECS's own names, beside what a service's settings say."""

from __future__ import annotations

import pytest

from generator.catalogue.read import read
from generator.errors import CatalogueError
from generator.source.source import Source
from tests.support.rendering import NAME, module_of

BACKEND = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: []}
services:
  web:
    kind: backend
    image: busybox:1
    port: PORT
    load_balancer: {target_group: web}
    container_definition: {portMappings: [MAPPINGS]}
"""


def catalogue(port: str, mappings: str) -> str:
    return BACKEND.replace("PORT", port, 1).replace("MAPPINGS", mappings)


@pytest.mark.parametrize("port", ["8080", "${var.port}"])
def test_a_mapping_says_more_of_the_port(port: str) -> None:
    mapping = f'{{containerPort: "{port}", name: web}}' if "$" in port else f"{{containerPort: {port}, name: web}}"
    main = module_of(catalogue(port, f"{mapping}, {{containerPort: 9090}}")).files[0].text
    written = "tonumber(var.port)" if "$" in port else port
    assert f'          containerPort = {written}\n          name          = "web"\n' in main
    assert "          containerPort = 9090\n" in main
    assert "hostPort" not in main


def test_mappings_without_the_port_are_refused() -> None:
    with pytest.raises(CatalogueError) as caught:
        read(Source(catalogue("8080", "{containerPort: 9090}"), NAME))
    (problem,) = caught.value.problems
    assert problem.key == "services.web.container_definition.portMappings"
    assert problem.remedy == "let one of its mappings have this port as its `containerPort`, or remove it"
