"""The plain way to do tfgen's work: yaml, one Jinja template, one `hcl2.loads`. Nothing is checked but the parse.

Usage: python bench/plain.py CATALOGUE
"""

from __future__ import annotations

import sys
from pathlib import Path

import hcl2
import jinja2
import yaml

TEMPLATE = """\
{% for name, service in services.items() %}
resource "aws_cloudwatch_log_group" "{{ name }}" {
  name              = "/{{ project }}/{{ name }}"
  retention_in_days = 30
  tags              = local.common_tags
}
data "aws_iam_policy_document" "task_{{ name }}" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = ["arn:aws:sqs:${data.aws_region.current.name}:${var.account}:{{ service.queue }}"]
  }
}
resource "aws_iam_role_policy" "task_{{ name }}" {
  name   = "{{ project }}-task-{{ name }}"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.task_{{ name }}.json
}
resource "aws_ecs_task_definition" "{{ name }}" {
  family                   = "{{ project }}-{{ name }}"
  cpu                      = "{{ service.cpu or defaults.cpu }}"
  memory                   = "{{ service.memory or defaults.memory }}"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.task_execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions = jsonencode([
    {
      name      = "{{ name }}"
      image     = local.backend_image
      essential = true
      command   = {{ service.command | default([]) | tojson }}
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.{{ name }}.name
          awslogs-region        = data.aws_region.current.id
          awslogs-stream-prefix = "{{ name }}"
        }
      }
      secrets = [
{% for key, secret in (defaults.secrets or {}).items() %}
        {
          name      = "{{ key }}"
          valueFrom = aws_secretsmanager_secret.{{ secret }}.arn
        },
{% endfor %}
      ]
      environment = [
{% for key, value in (defaults.environment or {}).items() %}
        {
          name  = "{{ key }}"
          value = "{{ value }}"
        },
{% endfor %}
      ]
    }
  ])
  tags = local.common_tags
}
resource "aws_ecs_service" "{{ name }}" {
  name            = "{{ project }}-{{ name }}-service"
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.{{ name }}.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  propagate_tags  = "TASK_DEFINITION"
  network_configuration {
    subnets          = var.private_subnets
    security_groups  = [var.sg_app_id]
    assign_public_ip = false
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  enable_execute_command = true
  platform_version       = "1.4.0"
  tags                   = local.common_tags
}
{% endfor %}
"""


def main() -> None:
    """Render a catalogue and parse the result."""
    catalogue = yaml.safe_load(Path(sys.argv[1]).read_text("utf-8"))
    template = jinja2.Environment(trim_blocks=True, autoescape=False).from_string(TEMPLATE)  # noqa: S701 - it is HCL
    hcl2.loads(template.render(catalogue))


if __name__ == "__main__":
    main()
