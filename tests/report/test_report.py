"""The change document: the specification's own, section by section, where that is true, and corrected where not."""

from __future__ import annotations

import re
import shutil

import pytest
import yaml

from generator.changes.edit import Edit
from generator.report.document import Document
from generator.workspace import Workspace
from tests.support.paths import ROOT
from tests.support.specification import DOCUMENT, hunks


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the specification's change, with this repository's catalogue."""
    folder = tmp_path_factory.mktemp("specification")
    shutil.copytree(ROOT / "generated", folder / "generated")
    shutil.copy(ROOT / "services.yaml", folder)
    catalogue = yaml.safe_load((ROOT / "services.yaml").read_text("utf-8"))
    del catalogue["services"]["worker"]
    before = folder / "before.yaml"
    before.write_text(yaml.safe_dump(catalogue, sort_keys=False), "utf-8")
    workspace = Workspace(folder / "services.yaml")
    after = workspace.rendered().edition
    edit = Edit(workspace.beside(before, after.companions), after)
    return Document(edit, ("--base-file", "before.yaml")).markdown()


def section(text: str, heading: str) -> str:
    """Return what stands below the first heading that begins so, up to the next of its level."""
    (level, body) = re.split(rf"^(#+) {heading}", text, maxsplit=1, flags=re.MULTILINE)[1:]
    return re.split(rf"^#{{2,{len(level)}}} ", body, maxsplit=1, flags=re.MULTILINE)[0]


def diffs(text: str) -> list[list[str]]:
    return [block.splitlines() for block in re.findall(r"```diff\n(.*?)```", text, re.DOTALL)]


def without_alignment(line: str) -> str:
    return re.sub(r" += ", " = ", line)


def test_every_diff_of_the_document_is_there_with_the_block_that_it_follows(report: str) -> None:
    found = {tuple(map(without_alignment, diff)) for diff in diffs(report)}
    written = {tuple(map(without_alignment, (line.rstrip() for line in diff))) for diff in diffs(DOCUMENT)}
    assert found == written
    assert len(found) == len(hunks()) == 4


def test_each_place_is_named_by_the_block_that_it_follows_and_its_line(report: str) -> None:
    rendered = (ROOT / "generated" / "compute" / "main.tf").read_text("utf-8").splitlines()
    named = re.findall(r"^### Place \d+: after `(\S+)`, line (\d+)$", section(report, "File 1"), re.MULTILINE)
    assert [address for address, _ in named] == [
        "aws_cloudwatch_log_group.api",
        "aws_iam_role_policy.exec_extra",
        "aws_ecs_service.backend",
    ]
    assert [rendered[int(line) - 1] for _, line in named] == [
        'resource "aws_cloudwatch_log_group" "worker" {',
        'data "aws_caller_identity" "current" {}',
        "# ========================================",
    ]


TRUE = [
    # section of the document, what it says, section of the report, what that says
    ("Summary of Changes", "**Files Modified:** 2", "Summary", "**Files modified:** 2"),
    ("Diff Location 1", "Added `data.aws_caller_identity`", "Place 2", "reads `data.aws_caller_identity.current`"),
    ("Diff Location 1", "policy document `task_s3_sqs`", "Place 2", "reads `data.aws_iam_policy_document.task_s3_sqs`"),
    (
        "Diff Location 1",
        "role `cricksy-ai-ecs-task`",
        "Place 2",
        "`cricksy-ai-ecs-task` (`aws_iam_role.task`) may now",
    ),
    (
        "Diff Location 2",
        "new CloudWatch log group",
        "Place 1",
        "creates `module.compute.aws_cloudwatch_log_group.",
    ),
    (
        "Diff Location 2",
        "Same retention as backend (30 days)",
        "`worker` beside `backend`",
        "`log_retention_days`: `30`",
    ),
    ("Diff Location 3", "| Family | `cricksy-ai-backend`", "`worker` beside", "| family | `cricksy-ai-backend`"),
    ("Diff Location 3", "| `cricksy-ai-worker` |", "`worker` beside", "| `cricksy-ai-worker` |"),
    ("Diff Location 3", "`python backend/", "`worker` beside", "| `command` | none | `[python, backend/"),
    ("Diff Location 3", "| `8000:8000` | ❌ None |", "`worker` beside", "| `port` | `8000` | none |"),
    (
        "Diff Location 3",
        "✅ ALB attached | ❌ None |",
        "`worker` beside",
        "| `load_balancer.target_group` | `api` | none |",
    ),
    ("File 2", "`/cricksy-ai/worker`", "Outputs", "`worker_log_group_name` → `/cricksy-ai/worker`"),
    ("File 2", "`worker_service_name` →", "Outputs", "`worker_service_name` → `cricksy-ai-worker-service`"),
    ("File 2", "/cricksy-ai-worker-service", "Outputs", ":service/cricksy-ai-cluster/cricksy-ai-worker-service`"),
    ("File 2", "task-definition/cricksy-ai-worker:1", "Outputs", ":task-definition/cricksy-ai-worker:1`"),
    ("No Changes to Other Files", "alb.tf` — **UNCHANGED**", "Other files", "alb.tf`: unchanged"),
    ("No Changes to Other Files", "secrets.tf` — **UNCHANGED**", "Other files", "secrets.tf`: unchanged"),
    ("No Changes to Other Files", "variables.tf` — **UNCHANGED**", "Other files", "variables.tf`: unchanged"),
    ("Pre-Apply", "variables in `tfvars` are set", "Before the apply", "`var.sqs_video_analysis_queue_url`"),
    ("Pre-Apply", "Backend ECS service is running", "Before the apply", "`cricksy-ai-backend-service` is running"),
    (
        "Pre-Apply",
        "Worker script exists at",
        "Before the apply",
        "backend/scripts/run_video_analysis_worker.py` in it",
    ),
    ("Pre-Apply", "image is built and pushed", "Before the apply", "image `cricksy-backend:${var.image_tag}` is built"),
    ("Pre-Apply", "SQS queue is created", "Before the apply", "queue `cricksy-video-analysis-prod` exists"),
    (
        "Pre-Apply",
        "S3 bucket `cricksy-coach-videos`",
        "Before the apply",
        "`${var.s3_coach_videos_bucket}` exists",
    ),
    ("Pre-Apply", "`DATABASE_URL` secret is set", "Before the apply", "`db_url` has a value (`DATABASE_URL`)"),
    ("Apply & Verify", "plan -out=worker.tfplan", "Step 1", "terraform plan -out=worker.tfplan"),
    ("Apply & Verify", "apply worker.tfplan", "Step 2", "terraform apply worker.tfplan"),
    ("Apply & Verify", "ecs_cluster_arn = ", "Step 2", ":cluster/cricksy-ai-cluster"),
    ("Apply & Verify", ".amazonaws.com/cricksy-backend", "Step 2", ".amazonaws.com/cricksy-backend"),
    ("Apply & Verify", 'log_group_name = "/cricksy-ai/api"', "Step 2", 'log_group_name = "/cricksy-ai/api"'),
    (
        "Apply & Verify",
        ":role/cricksy-ai-ecs-task-exec",
        "Step 2",
        "iam::ACCOUNT:role/cricksy-ai-ecs-task-exec",
    ),
    ("Apply & Verify", ':role/cricksy-ai-ecs-task"', "Step 2", 'arn:aws:iam::ACCOUNT:role/cricksy-ai-ecs-task"'),
    ("Apply & Verify", "--cluster cricksy-ai-cluster", "Step 3", "--cluster cricksy-ai-cluster"),
    ("Apply & Verify", "--services cricksy-ai-worker-service", "Step 3", "--services cricksy-ai-worker-service"),
    ("Apply & Verify", "logs tail /cricksy-ai/worker --follow", "Step 3", "logs tail /cricksy-ai/worker --follow"),
    ("Notes", "**Backend unaffected:**", "Notes", "**`backend` is unaffected:**"),
    ("Notes", "**Reuses image:** Same Docker image as backend", "Notes", "`worker` runs the image of `backend`"),
    ("Notes", "**Reuses role:** Same task role", "`worker` beside", "task role: `cricksy-ai-ecs-task`"),
]


@pytest.mark.parametrize(("written_in", "fact", "told_in", "told"), TRUE)
def test_a_true_fact_of_the_document_is_told(written_in: str, fact: str, told_in: str, told: str, report: str) -> None:
    assert fact in section(DOCUMENT, written_in)
    assert told in section(report, told_in)


def test_the_four_resources_are_told_with_their_full_addresses(report: str) -> None:
    expected = section(DOCUMENT, "Step 1")
    created = re.findall(r"# (\S+) will be created", expected)
    assert len(created) == 4
    for address in created:
        assert f"| `module.compute.{address}` | create | creation |" in section(report, "Step 1")


def test_correction_1_outputs_are_no_resources(report: str) -> None:
    assert "Plan: 6 to add, 0 to change, 0 to destroy." in DOCUMENT
    assert "Plan: 4 to add, 0 to change, 0 to destroy." in section(report, "Step 1")
    assert "4 to add, 0 to change, 0 to destroy" in section(report, "Summary")
    assert "6 to add" not in report
    assert "149 added, 0 removed" in section(report, "Summary"), "145 lines and the blank one before each addition"


def test_correction_2_the_diffs_are_aligned_as_terraform_fmt_does(report: str) -> None:
    assert "      subnets         = var.private_subnets" in DOCUMENT
    assert "      subnets          = var.private_subnets" in report
    assert "      subnets         = var.private_subnets" not in report


def test_correction_3_the_backend_gains_what_the_worker_gains(report: str) -> None:
    assert "`cricksy-ai-ecs-task` (no S3/SQS)" in DOCUMENT
    assert "**Shared role:** `backend` may do what `worker` gains" in section(report, "Notes")
    assert "no S3/SQS" not in report


def test_correction_4_addresses_are_whole(report: str) -> None:
    assert "-target aws_ecs_service.worker" in DOCUMENT
    assert "-target module.compute.aws_ecs_service.worker" in section(report, "Rollback")
    assert "-target aws_" not in report


def test_correction_5_provider_versions_are_told(report: str) -> None:
    assert "provider is 6.0.0 or newer (`aws_ecs_service.arn`)" in section(report, "Before the apply")
    assert "`data.aws_region.name` still works, and is deprecated since AWS provider 6.0.0" in section(report, "Notes")


def test_correction_6_the_clean_rollback_comes_first(report: str) -> None:
    rollback = section(report, "Rollback")
    assert rollback.index("tfgen render") < rollback.index("terraform destroy")
    assert "leaves the log\ngroup and the policies behind" in rollback
