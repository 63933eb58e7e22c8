"""Kind `worker`: runs beside the backends, and nothing connects to it."""

from __future__ import annotations

from generator.catalogue.service import Service


class Worker(Service):
    """A service without a port: it takes its work from a queue or a schedule of its own."""
