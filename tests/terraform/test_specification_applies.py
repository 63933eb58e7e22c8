"""The specification's change, applied by the real Terraform: there, and back again."""

from __future__ import annotations

import json

import pytest

from tests.terraform.account import REGION, Account
from tests.terraform.drafts import actions
from tests.terraform.history import History

WORKER = {
    "aws_cloudwatch_log_group.worker",
    "aws_iam_role_policy.task_s3_sqs",
    "aws_ecs_task_definition.worker",
    "aws_ecs_service.worker",
}

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]


def ecs(account: Account) -> str:
    return f"arn:aws:ecs:{REGION}:{account.id}"


def iam(account: Account) -> str:
    return f"arn:aws:iam::{account.id}"


def test_the_backend_alone_applies_and_a_second_plan_is_empty(history: History) -> None:
    assert "aws_ecs_service.backend" in history.before.actions()
    assert {tuple(action) for action in history.before.actions().values()} == {("create",)}
    assert actions(history.before.second_plan) == {}
    assert history.services_before == ["cricksy-ai-backend-service"]


def test_the_worker_creates_four_resources_and_touches_nothing_else(history: History) -> None:
    assert history.after.actions() == {address: ["create"] for address in WORKER}
    assert actions(history.after.second_plan) == {}


def test_the_planned_task_definition_is_the_specifications(history: History) -> None:
    planned = history.after.planned("aws_ecs_task_definition.worker")
    assert (planned["family"], planned["cpu"], planned["memory"]) == ("cricksy-ai-worker", "512", "1024")
    assert (planned["network_mode"], planned["requires_compatibilities"]) == ("awsvpc", ["FARGATE"])
    assert planned["execution_role_arn"] == f"{iam(history.account)}:role/cricksy-ai-ecs-task-exec"
    assert planned["task_role_arn"] == f"{iam(history.account)}:role/cricksy-ai-ecs-task"


def test_the_planned_log_group_and_service_are_the_specifications(history: History) -> None:
    log_group = history.after.planned("aws_cloudwatch_log_group.worker")
    assert (log_group["name"], log_group["retention_in_days"]) == ("/cricksy-ai/worker", 30)
    assert log_group["tags"] == {"env": "prod", "project": "cricksy-ai", "tier": "compute"}
    service = history.after.planned("aws_ecs_service.worker")
    assert service["name"] == "cricksy-ai-worker-service"
    assert service["cluster"] == f"{ecs(history.account)}:cluster/cricksy-ai-cluster"
    assert (service["desired_count"], service["launch_type"]) == (1, "FARGATE")
    assert (service["platform_version"], service["enable_execute_command"]) == ("1.4.0", True)
    assert service["deployment_circuit_breaker"] == [{"enable": True, "rollback": True}]


def test_the_planned_policy_has_the_specifications_three_statements(history: History) -> None:
    planned = history.after.planned("aws_iam_role_policy.task_s3_sqs")
    assert (planned["name"], planned["role"]) == ("cricksy-ai-task-s3-sqs", "cricksy-ai-ecs-task")
    statements = json.loads(planned["policy"])["Statement"]
    granted = [(set(_listed(s["Action"])), _listed(s["Resource"]), s["Effect"]) for s in statements]
    bucket = "arn:aws:s3:::cricksy-coach-videos"
    queue = f"arn:aws:sqs:{REGION}:{history.account.id}:cricksy-video-analysis-prod"
    assert granted == [
        ({"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}, [f"{bucket}/*"], "Allow"),
        ({"s3:ListBucket"}, [bucket], "Allow"),
        ({"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}, [queue], "Allow"),
    ]


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_the_outputs_have_the_specifications_values(history: History) -> None:
    added = history.after.outputs.keys() - history.before.outputs.keys()
    assert {name: history.after.outputs[name] for name in added} == {
        "worker_log_group_name": "/cricksy-ai/worker",
        "worker_service_name": "cricksy-ai-worker-service",
        "worker_service_arn": f"{ecs(history.account)}:service/cricksy-ai-cluster/cricksy-ai-worker-service",
        "worker_task_definition_arn": f"{ecs(history.account)}:task-definition/cricksy-ai-worker:1",
    }


def test_ecs_itself_describes_the_worker_as_the_specification_does(history: History) -> None:
    assert history.service["taskDefinition"] == f"{ecs(history.account)}:task-definition/cricksy-ai-worker:1"
    assert (history.service["desiredCount"], history.service["launchType"]) == (1, "FARGATE")
    (container,) = history.task_definition["containerDefinitions"]
    assert container["command"] == ["python", "backend/scripts/run_video_analysis_worker.py"]
    assert container["image"].endswith("/cricksy-backend:2026-01")
    assert container.get("portMappings", []) == []
    assert container["logConfiguration"]["options"]["awslogs-group"] == "/cricksy-ai/worker"
    assert [secret["name"] for secret in container["secrets"]] == ["DATABASE_URL", "APP_SECRET_KEY"]
    assert {variable["name"]: variable["value"] for variable in container["environment"]} == {
        "AWS_REGION": REGION,
        "S3_COACH_VIDEOS_BUCKET": "cricksy-coach-videos",
        "S3_UPLOAD_URL_EXPIRES_SECONDS": "900",
        "SQS_VIDEO_ANALYSIS_QUEUE_URL": "https://sqs.example.com/cricksy-video-analysis-prod",
    }


def test_taking_the_worker_out_destroys_exactly_its_four_resources(history: History) -> None:
    assert history.rolled_back.actions() == {address: ["delete"] for address in WORKER}
    assert actions(history.rolled_back.second_plan) == {}
    assert history.services_rolled_back == ["cricksy-ai-backend-service"]
