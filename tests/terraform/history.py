"""The specification's module in an account: there, and back again, with edits planned on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.catalogue.file_names import MAIN, OUTPUTS
from generator.edition import Edition
from tests.support.paths import ROOT
from tests.support.rendering import dumped
from tests.terraform.account import REGION, Account
from tests.terraform.drafts import Draft, actions
from tests.terraform.edits import EDITS, Catalogue
from tests.terraform.stack import ADDRESS, Plan, Stack, texts

Edit = Callable[[Catalogue], None]

VALUES = {
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
"""Of the variables of the specification's module, those that an account does not answer."""


@dataclass(frozen=True)
class Step:
    """One edit of the catalogue: what it renders, its plan, the outputs once applied, and a plan after that."""

    edition: Edition
    plan: Plan
    outputs: dict[str, Any]
    second_plan: Plan

    def actions(self) -> dict[str, list[str]]:
        return actions(self.plan)

    def planned(self, address: str) -> dict[str, Any]:
        changes = {change["address"]: change["change"]["after"] for change in self.plan["resource_changes"]}
        values: dict[str, Any] = changes[f"{ADDRESS}.{address}"]
        return values


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
    edits: dict[str, tuple[Edition, Plan]]
    rolled_back: Step
    services_rolled_back: list[str]


def live_through(stack: Stack) -> History:
    """Apply the specification's change and take it back."""
    ecs = stack.account.client("ecs")

    def services() -> list[str]:
        """Return the active ones; AWS lists no others, and moto also those that were deleted."""
        arns = ecs.list_services(cluster="cricksy-ai-cluster")["serviceArns"]
        described = ecs.describe_services(cluster="cricksy-ai-cluster", services=arns)["services"]
        return sorted(service["serviceName"] for service in described if service["status"] == "ACTIVE")

    before = step(stack, without_worker)
    services_before = services()
    after = step(stack, lambda catalogue: None)
    (service,) = ecs.describe_services(cluster="cricksy-ai-cluster", services=["cricksy-ai-worker-service"])["services"]
    task_definition = ecs.describe_task_definition(taskDefinition="cricksy-ai-worker")["taskDefinition"]
    edits = planned_edits(stack, EDITS)
    rolled_back = step(stack, without_worker)
    return History(
        stack.account, before, services_before, after, service, task_definition, edits, rolled_back, services()
    )


def without_worker(catalogue: Catalogue) -> None:
    """Take the specification's worker out."""
    del catalogue["services"]["worker"]


def step(stack: Stack, edit: Edit) -> Step:
    """Apply an edit."""
    one = draft(edit)
    plan = stack.plan(one.files)
    return Step(one.edition, plan, stack.apply(), stack.plan(one.files))


def planned_edits(stack: Stack, edits: Mapping[str, Edit]) -> dict[str, tuple[Edition, Plan]]:
    """Return what each of some edits renders, and its plan over what is applied."""
    drafts = {name: draft(edit) for name, edit in edits.items()}
    plans = stack.plans({name: one.files for name, one in drafts.items()})
    return {name: (one.edition, plans[name]) for name, one in drafts.items()}


def draft(edit: Edit) -> Draft:
    """Return the specification's catalogue, edited, beside the hand-written files of this repository."""
    catalogue = yaml.safe_load((ROOT / "services.yaml").read_text("utf-8"))
    folder = ROOT / catalogue["module"]["path"]
    catalogue["module"]["address"] = ADDRESS
    edit(catalogue)
    return Draft(dumped(catalogue), {name: text for name, text in texts(folder).items() if name not in (MAIN, OUTPUTS)})
