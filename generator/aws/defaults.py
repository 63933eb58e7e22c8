"""What the provider takes an argument for that is not written, so that writing just that may change nothing."""

DEFAULTS: dict[str, dict[str, str | int | bool]] = {
    "aws_ecs_service": {
        "deployment_minimum_healthy_percent": 100,
        "deployment_maximum_percent": 200,
        "wait_for_steady_state": False,
    },
    "healthCheck": {"interval": 30, "timeout": 5, "retries": 3},
}
"""Of a type of resource, and of an object in a container definition.

Source: the documentation of `aws_ecs_service`, and `containerDefinitions.reduce` in the provider's
`ecs/container_definitions.go`.
"""
