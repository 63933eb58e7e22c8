"""Edits of the specification's catalogue, each of another kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Catalogue = dict[str, Any]


def size(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"] |= {"cpu": 1024, "memory": 2048}


def count(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["desired_count"] = 3


def retention_of_all(catalogue: Catalogue) -> None:
    catalogue["defaults"]["log_retention_days"] = 14


def tags_of_all(catalogue: Catalogue) -> None:
    catalogue["tags"]["env"] = "staging"


def tags_of_one(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["tags"] = {"team": "video"}


def order_of_environment(catalogue: Catalogue) -> None:
    environment = catalogue["services"]["backend"]["environment"]
    catalogue["services"]["backend"]["environment"] = dict(reversed(environment.items()))


def own_role(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["role"] = "own"


def own_execution_role(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["execution_role"] = "own"


def no_shared_execution_role(catalogue: Catalogue) -> None:
    catalogue["defaults"]["execution_role"] = "own"


def log_group(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["log_group"] = "jobs"


def no_load_balancer(catalogue: Catalogue) -> None:
    del catalogue["services"]["backend"]["load_balancer"]


def image_tag(catalogue: Catalogue) -> None:
    catalogue["images"]["backend"]["tag"] = "2026-02"


def access_to_bucket(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["buckets"][0]["access"] = ["read", "list"]


def name_of_service(catalogue: Catalogue) -> None:
    services = catalogue["services"]
    services["analyser"] = services.pop("worker")


def name_of_project(catalogue: Catalogue) -> None:
    catalogue["project"] = "cricksy"


def third_service(catalogue: Catalogue) -> None:
    catalogue["services"]["reports"] = {"kind": "worker", "role": "own", "queue": "cricksy-reports-prod"}


def command(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["command"] = ["python", "other.py"]


def entry_point(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["entry_point"] = ["/bin/sh", "-c"]


def new_variable(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["environment"] = {"LEVEL": "debug"}


def variable_gone(catalogue: Catalogue) -> None:
    del catalogue["services"]["backend"]["environment"]["RUN_MIGRATIONS"]


def stop_timeout(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["stop_timeout"] = 60


def health_check(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["health_check"] = {"command": ["CMD-SHELL", "true"], "retries": 5}


def architecture(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["architecture"] = "ARM64"


def storage(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["ephemeral_storage"] = 50


def no_execute_command(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["execute_command"] = False


def deployment(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["deployment"] = {"minimum_healthy_percent": 0, "maximum_percent": 100}


def public_address(catalogue: Catalogue) -> None:
    catalogue["services"]["worker"]["assign_public_ip"] = True


def no_queue(catalogue: Catalogue) -> None:
    del catalogue["services"]["worker"]["queue"]


def port(catalogue: Catalogue) -> None:
    catalogue["services"]["backend"]["port"] = 8080


def _worker(**settings: Any) -> Callable[[Catalogue], None]:
    return lambda catalogue: catalogue["services"]["worker"].update(settings)


def _service(**arguments: Any) -> Callable[[Catalogue], None]:
    return _worker(terraform={"aws_ecs_service": arguments})


def _at_the_top(**blocks: Any) -> Callable[[Catalogue], None]:
    return lambda catalogue: catalogue.update(terraform=blocks)


def _volumes(root: str, further: dict[str, Any], **mount: Any) -> Callable[[Catalogue], None]:
    """Return an edit that gives tasks a folder of a file system, and a volume that is empty."""
    shared = {"efs": {"file_system": "fs-0a1b2c3d", "root_directory": root, "iam": True}}
    return _worker(
        volumes={"tmp": {}, "shared": shared, **further},
        mounts={"tmp": "/scratch", "shared": {"path": "/shared", **mount}, **{name: f"/{name}" for name in further}},
    )


VOLUMES: dict[str, Callable[[Catalogue], None]] = {
    "empty_volume": _worker(volumes={"tmp": {}}, mounts={"tmp": "/scratch"}),
    "volume_that_nothing_mounts": _worker(volumes={"tmp": {}}),
    "folder_of_a_file_system": _volumes("/data", {}),
    "folder_that_is_read_only": _volumes("/data", {}, read_only=True),
    "another_folder": _volumes("/other", {}),
    "one_volume_more": _volumes("/data", {"more": {}}),
    "volumes_of_another_container": _worker(volumes_from=[{"container": "${var.image_tag}", "read_only": True}]),
}
"""Volumes, and mounts of them, where there are none."""

IN_TERRAFORMS_NAMES: dict[str, Callable[[Catalogue], None]] = {
    "arguments_of_service": _service(enable_ecs_managed_tags=True, propagate_tags="SERVICE", platform_version="LATEST"),
    "forced_deployment": _service(force_new_deployment=True),
    "no_platform_version": _service(platform_version=None),
    "no_propagated_tags": _service(propagate_tags=None),
    "spot": _service(
        launch_type=None, capacity_provider_strategy=[{"capacity_provider": "FARGATE_SPOT", "weight": 1, "base": 1}]
    ),
    "ignored_count": _service(lifecycle={"ignore_changes": ["desired_count"]}),
    "timeouts_of_service": _service(timeouts={"delete": "30m"}),
    "no_rollback": _service(deployment_circuit_breaker={"rollback": False}),
    "no_circuit_breaker": _service(deployment_circuit_breaker=None),
    "volume": _worker(
        terraform={"aws_ecs_task_definition": {"volume": [{"name": "tmp"}]}},
        container_definition={"mountPoints": [{"sourceVolume": "tmp", "containerPath": "/scratch", "readOnly": False}]},
    ),
    "members_of_container": _worker(
        container_definition={
            "user": "1000",
            "readonlyRootFilesystem": True,
            "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}],
            "linuxParameters": {"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
            "dockerLabels": {"team": "video"},
        }
    ),
    "options_of_log": _worker(
        container_definition={"logConfiguration": {"options": {"mode": "non-blocking", "max-buffer-size": "4m"}}}
    ),
    "encrypted_logs": _worker(
        terraform={"aws_cloudwatch_log_group": {"kms_key_id": "arn:aws:kms:us-east-1:123456789012:key/abc"}}
    ),
    "boundary_of_roles": _at_the_top(aws_iam_role={"permissions_boundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    "no_container_insights": _at_the_top(
        aws_ecs_cluster={"setting": [{"name": "containerInsights", "value": "disabled"}]}
    ),
}
"""What no key of the catalogue says."""


def _beside(depends_on: dict[str, str], **containers: Any) -> Callable[[Catalogue], None]:
    return _worker(depends_on=depends_on, containers=containers)


MIGRATION = {"image": "migrate:1", "essential": False, "secrets": {"DATABASE_URL": "db_url"}}
PROXY = {"image": "nginx:1.27", "ports": [8080], "depends_on": {"migrate": "COMPLETE"}}

with_containers = _beside({"migrate": "SUCCESS", "proxy": "START"}, migrate=MIGRATION, proxy=PROXY)
"""Lets two containers run beside the worker's own."""

OF_CONTAINERS: dict[str, Callable[[Catalogue], None]] = {
    "another_image": _beside(
        {"migrate": "SUCCESS", "proxy": "START"}, migrate=MIGRATION, proxy=PROXY | {"image": "nginx:1.28"}
    ),
    "a_third": _beside(
        {"migrate": "SUCCESS", "proxy": "START"}, migrate=MIGRATION, proxy=PROXY, agent={"image": "agent:1"}
    ),
    "a_condition": _beside(
        {"migrate": "SUCCESS", "proxy": "START"},
        migrate=MIGRATION,
        proxy=PROXY | {"when": '${data.aws_region.current.id == "us-east-2"}'},
    ),
    "a_condition_that_terraform_alone_evaluates": _beside(
        {"migrate": "SUCCESS", "proxy": "START"}, migrate=MIGRATION, proxy=PROXY | {"when": "${anytrue([true])}"}
    ),
    "a_condition_and_another_image": _beside(
        {"migrate": "SUCCESS", "proxy": "START"},
        migrate=MIGRATION | {"image": "migrate:2"},
        proxy=PROXY | {"when": "${anytrue([true])}"},
    ),
    "a_condition_that_does_not_hold": _beside(
        {"migrate": "SUCCESS", "proxy": "START"},
        migrate=MIGRATION,
        proxy=PROXY | {"when": '${data.aws_region.current.id == "nowhere"}'},
    ),
    "none_waits": _beside({}, migrate=MIGRATION, proxy=PROXY | {"depends_on": {}}),
    "another_condition_to_wait_for": _beside({"migrate": "COMPLETE", "proxy": "START"}, migrate=MIGRATION, proxy=PROXY),
    "one_gone": _beside({"migrate": "SUCCESS"}, migrate=MIGRATION),
    "both_gone": _beside({}),
}
"""Edits of the catalogue with these containers."""

UNCHANGED_THERE = {"a_condition", "a_condition_that_terraform_alone_evaluates"}
"""Those whose plans are empty where the condition holds."""

DOING_NOTHING = {"order_of_environment", "no_platform_version", "ignored_count", "timeouts_of_service"}
"""Edits whose plans are empty."""

EDITS: dict[str, Callable[[Catalogue], None]] = {
    edit.__name__: edit
    for edit in (
        *(size, count, retention_of_all, tags_of_all, tags_of_one, order_of_environment, own_role, log_group),
        *(own_execution_role, no_shared_execution_role),
        *(no_load_balancer, image_tag, access_to_bucket, name_of_service, name_of_project, third_service),
        *(command, entry_point, new_variable, variable_gone, stop_timeout, health_check, architecture, storage),
        *(no_execute_command, deployment, public_address, no_queue, port),
    )
} | {**VOLUMES, **IN_TERRAFORMS_NAMES}
