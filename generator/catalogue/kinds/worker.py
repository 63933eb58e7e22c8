"""Kind `worker`: runs beside the backends, and nothing connects to it."""

from __future__ import annotations

from generator.catalogue.ecs_service import EcsServiceWithTasks


class Worker(EcsServiceWithTasks):
    """A service without a port: it takes its work from a queue or a schedule of its own."""
