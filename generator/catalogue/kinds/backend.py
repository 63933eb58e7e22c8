"""Kind `backend`: listens on a port, behind a load balancer where it has one."""

from __future__ import annotations

from generator.catalogue.ecs_service import EcsService
from generator.catalogue.uses.load_balancer import LoadBalancerUse


class Backend(EcsService):
    """A service that other programs connect to."""

    further = (LoadBalancerUse,)
