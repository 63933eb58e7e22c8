"""The same services by cdktn (https://pypi.org/project/cdktn/), whose synthesis writes Terraform's JSON.

Usage: PYTHON bench/cdktn_way.py CATALOGUE FOLDER. PYTHON is one with `cdktn`, `cdktn-provider-aws` and `pyyaml`, and
node is on the path. `bench/run.py` finds it by the variable CDKTN_PYTHON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from cdktn import App, TerraformOutput, TerraformStack
from cdktn_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktn_provider_aws.ecs_service import EcsService, EcsServiceNetworkConfiguration
from cdktn_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktn_provider_aws.iam_role_policy import IamRolePolicy


def add_service(stack: TerraformStack, project: str, name: str, service: dict[str, Any]) -> None:
    """Add what a worker has: a log group, a policy, a task definition, a service and an output."""
    group = CloudwatchLogGroup(stack, f"{name}-logs", name=f"/{project}/{name}", retention_in_days=30)
    arn = f"arn:aws:sqs:${{data.aws_region.current.name}}:${{var.account}}:{service.get('queue', name)}"
    actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    statement = {"Effect": "Allow", "Action": actions, "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    IamRolePolicy(stack, f"{name}-policy", name=f"{project}-task-{name}", role="${aws_iam_role.task.id}", policy=policy)
    container = {
        "name": name,
        "image": "${local.backend_image}",
        "essential": True,
        "command": service.get("command", []),
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": group.name}},
        "environment": [{"name": key, "value": value} for key, value in service.get("environment", {}).items()],
    }
    task = EcsTaskDefinition(
        stack,
        f"{name}-task",
        family=f"{project}-{name}",
        cpu=str(service.get("cpu", 512)),
        memory=str(service.get("memory", 1024)),
        network_mode="awsvpc",
        requires_compatibilities=["FARGATE"],
        execution_role_arn="${aws_iam_role.task_execution.arn}",
        container_definitions=json.dumps([container]),
    )
    EcsService(
        stack,
        f"{name}-service",
        name=f"{project}-{name}-service",
        cluster="${aws_ecs_cluster.this.id}",
        task_definition=task.arn,
        launch_type="FARGATE",
        desired_count=1,
        network_configuration=EcsServiceNetworkConfiguration(subnets=["subnet-1"], security_groups=["sg-1"]),
    )
    TerraformOutput(stack, f"{name}-log-group", value=group.name)


def main() -> None:
    """Synthesise a catalogue into a folder."""
    catalogue = yaml.safe_load(Path(sys.argv[1]).read_text("utf-8"))
    app = App(outdir=sys.argv[2], skip_validation=True)
    stack = TerraformStack(app, "module")
    for name, service in catalogue["services"].items():
        add_service(stack, str(catalogue["project"]), name, service)
    app.synth()


if __name__ == "__main__":
    main()
