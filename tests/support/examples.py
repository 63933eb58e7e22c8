"""How many examples a test of random ones tries."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def a_few(examples: int) -> settings:
    """Return what lets a test try so many examples, each as slow as it may be."""
    slow_on_purpose = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow_on_purpose)
