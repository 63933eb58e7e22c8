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


EDITS: dict[str, Callable[[Catalogue], None]] = {
    edit.__name__: edit
    for edit in (
        *(size, count, retention_of_all, tags_of_all, tags_of_one, order_of_environment, own_role, log_group),
        *(no_load_balancer, image_tag, access_to_bucket, name_of_service, name_of_project, third_service),
        *(command, entry_point, new_variable, variable_gone, stop_timeout, health_check, architecture, storage),
        *(no_execute_command, deployment, public_address, no_queue, port),
    )
}
