"""The specification's module in an account: there, and back again, with edits planned on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.edition import Edition
from generator.workspace import Workspace
from generator.write import write
from tests.terraform.account import REGION, Account
from tests.terraform.edits import EDITS, Catalogue
from tests.terraform.stack import Stack

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Step:
    """One edit of the catalogue: what it renders, its plan, the outputs once applied, and a plan after that."""

    edition: Edition
    plan: dict[str, Any]
    outputs: dict[str, Any]
    second_plan: dict[str, Any]

    def actions(self) -> dict[str, list[str]]:
        return actions(self.plan)

    def planned(self, address: str) -> dict[str, Any]:
        changes = {change["address"]: change["change"]["after"] for change in self.plan["resource_changes"]}
        values: dict[str, Any] = changes[f"module.generated.{address}"]
        return values


def actions(plan: dict[str, Any]) -> dict[str, list[str]]:
    """Return what a plan does to each managed resource that it does not leave alone."""
    return {
        change["address"].removeprefix("module.generated."): change["change"]["actions"]
        for change in plan["resource_changes"]
        if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
    }


@dataclass(frozen=True)
class History:
    """The backend alone, the worker beside it, the backend alone again.

    `edits` were planned, and not applied, when both were there: what the edited catalogue renders, and the plan.
    """

    account: Account
    before: Step
    services_before: list[str]
    after: Step
    service: dict[str, Any]
    task_definition: dict[str, Any]
    edits: dict[str, tuple[Edition, dict[str, Any]]]
    rolled_back: Step
    services_rolled_back: list[str]


def live_through(stack: Stack, account: Account, workspace: Path) -> History:
    """Apply the specification's change and take it back."""
    applied = _Applied(stack, workspace)
    ecs = account.client("ecs")

    def services() -> list[str]:
        """Return the active ones; AWS lists no others, and moto also those that were deleted."""
        arns = ecs.list_services(cluster="cricksy-ai-cluster")["serviceArns"]
        described = ecs.describe_services(cluster="cricksy-ai-cluster", services=arns)["services"]
        return sorted(service["serviceName"] for service in described if service["status"] == "ACTIVE")

    before = applied.step(without_worker)
    services_before = services()
    after = applied.step(lambda catalogue: None)
    (service,) = ecs.describe_services(cluster="cricksy-ai-cluster", services=["cricksy-ai-worker-service"])["services"]
    task_definition = ecs.describe_task_definition(taskDefinition="cricksy-ai-worker")["taskDefinition"]
    edits = {name: applied.planned(edit) for name, edit in EDITS.items()}
    rolled_back = applied.step(without_worker)
    return History(account, before, services_before, after, service, task_definition, edits, rolled_back, services())


def without_worker(catalogue: Catalogue) -> None:
    """Take the specification's worker out."""
    del catalogue["services"]["worker"]


class _Applied:
    """The specification's catalogue, each time edited anew from what it is in this repository."""

    def __init__(self, stack: Stack, workspace: Path) -> None:
        self._stack, self._workspace = stack, workspace
        shutil.copytree(ROOT / "generated", workspace / "generated")

    def step(self, edit: Callable[[Catalogue], None]) -> Step:
        edition, plan = self.planned(edit)
        return Step(edition, plan, self._stack.apply(), self._stack.plan())

    def planned(self, edit: Callable[[Catalogue], None]) -> tuple[Edition, dict[str, Any]]:
        catalogue = yaml.safe_load((ROOT / "services.yaml").read_text("utf-8"))
        catalogue["module"]["address"] = self._stack.address
        edit(catalogue)
        (self._workspace / "services.yaml").write_text(yaml.safe_dump(catalogue, sort_keys=False), "utf-8")
        rendered = Workspace(self._workspace / "services.yaml").rendered()
        write(rendered.folder, rendered.folder_name, rendered.comparisons, adopt=False)
        self._stack.install(rendered.folder)
        self._stack.call(_variables(self._stack.account))
        return rendered.edition, self._stack.plan()


def _variables(account: Account) -> dict[str, object]:
    return {
        "vpc_id": account.vpc,
        "public_subnets": account.subnets,
        "private_subnets": account.subnets,
        "sg_alb_id": account.security_group,
        "sg_app_id": account.security_group,
        "db_endpoint": "database:5432",
        "db_username": "cricksy",
        "db_password": "password",
        "db_name": "cricksy",
        "app_secret_key": "key",
        "image_tag": "2026-01",
        "backend_cors_origins": "https://example.com",
        "aws_region": REGION,
        "s3_coach_videos_bucket": "cricksy-coach-videos",
        "s3_upload_url_expires_seconds": 900,
        "sqs_video_analysis_queue_url": "https://sqs.example.com/cricksy-video-analysis-prod",
    }
