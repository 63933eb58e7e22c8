"""Kind `backend`: listens on a port, behind a load balancer where it has one."""

from __future__ import annotations

from generator.catalogue.ecs_service import EcsServiceWithTasks
from generator.catalogue.uses.load_balancer import LoadBalancerUse
from generator.catalogue.uses.port import PortUse
from generator.catalogue.uses.task_definition import TaskDefinitionUse


class Backend(EcsServiceWithTasks):
    """A service that other programs connect to."""

    further = (PortUse, LoadBalancerUse, TaskDefinitionUse)
