"""Target groups of the module that cannot take the tasks that the catalogue puts behind them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.uses.launch import runs_on_fargate
from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.catalogue.uses.network import NetworkUse
from generator.errors import Position, Problem
from generator.files.companion import code_of
from generator.files.folder import is_override
from generator.hcl.nodes import nodes_in
from generator.verify.module import RenderedModule

_TYPE = "aws_lb_target_group"
_DEFAULT = "instance"
"""Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group."""


def target_groups_of_other_targets(module: RenderedModule) -> Iterator[Problem]:
    """Yield a warning for each target group of a service whose targets are not what its tasks are.

    A task with a network interface of its own is reached by its address, and another one by its instance. It is no
    error, since a template of the project's own may run tasks in another network. What an override file may change is
    not judged. Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html.
    """
    services = module.catalogue.rendered_services
    balanced = [service for service in services if isinstance(service, LoadBalancerUse)]
    wanted = {one.target_group_arn: service for service in balanced for one in service.in_front}
    holding = [name for name, content in module.companions.items() if wanted and _TYPE.encode() in content]
    if any(map(is_override, holding)):
        return
    for name in holding:
        for node in nodes_in(code_of(name, module.companions[name])):
            service = wanted.get(f"${{{node.address}.arn}}") if node.type == _TYPE else None
            type_ = node.arguments.get("target_type", _DEFAULT)
            if isinstance(service, NetworkUse) and isinstance(type_, str) and type_ != service.targets:
                what = f"its target_type is {type_}, and ECS refuses it for a service {_with_network(service)}"
                remedy = f'write `target_type = "{service.targets}"` in it'
                where = Position(module.path(name), node.line, 1)
                yield Problem(where, node.address, what, remedy, "warning")


def _with_network(service: NetworkUse) -> str:
    return "on Fargate" if runs_on_fargate(service) else f"with the network mode {service.mode_of_network}"
