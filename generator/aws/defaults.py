"""The values that the provider uses for arguments that are not written. Writing such a value may change nothing."""

from __future__ import annotations

from collections.abc import Mapping

from generator.aws.resource_types import resource_type

HEALTH_CHECK = {"interval": 30, "timeout": 5, "retries": 3}
"""Of `healthCheck` in a container definition.

Source: `containerDefinitions.reduce` in the provider's `ecs/container_definitions.go`.
"""


def defaults_of(within: str) -> Mapping[str, str | int | bool]:
    """Return the defaults of a type of resource, or of an object in a container definition, by its name."""
    return HEALTH_CHECK if within == "healthCheck" else resource_type(within).defaults
