"""Target groups of the module that cannot take the tasks which the catalogue puts behind them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.errors import Position, Problem
from generator.files.companion import code_of
from generator.files.folder import is_override
from generator.hcl.nodes import ModuleNode, nodes_in
from generator.verify.module import RenderedModule

_TYPE = "aws_lb_target_group"
_DEFAULT = "instance"
"""Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group."""


def target_groups_of_instances(module: RenderedModule) -> Iterator[Problem]:
    """Yield a warning for each target group of a service whose targets are not addresses.

    A task has a network interface of its own, and is reached by its address. It is no error, since a template of the
    project's own may run tasks in another network. What an override file may change is not judged. Source:
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html.
    """
    services = module.catalogue.services.values()
    behind = (one for service in services if isinstance(service, LoadBalancerUse) for one in service.in_front)
    wanted = {one.target_group_arn for one in behind}
    holding = [name for name, content in module.companions.items() if wanted and _TYPE.encode() in content]
    if any(map(is_override, holding)):
        return
    for name in holding:
        for node in nodes_in(code_of(name, module.companions[name])):
            if node.type == _TYPE and f"${{{node.address}.arn}}" in wanted and (type_ := _type_of_targets(node)):
                what = f"its target_type is {type_}, and ECS refuses it for a service on Fargate"
                where = Position(module.path(name), node.line, 1)
                yield Problem(where, node.address, what, 'write `target_type = "ip"` in it', "warning")


def _type_of_targets(group: ModuleNode) -> str:
    """Return the type of a group's targets where it is certain that they are not addresses."""
    type_ = group.arguments.get("target_type", _DEFAULT)
    return type_ if isinstance(type_, str) and type_ != "ip" else ""
