resource "terraform_data" "rollout" {
  input = "api"

  lifecycle {
    replace_triggered_by = [aws_ecs_task_definition.api]
  }
}

resource "terraform_data" "resized" {
  lifecycle {
    replace_triggered_by = [aws_ecs_service.api.desired_count]
  }
}

resource "terraform_data" "rolling" {
  triggers_replace = [aws_ecs_task_definition.jobs.revision]

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "announced" {
  triggers_replace = { env = local.common_tags.env, services = [aws_ecs_service.api.name] }

  provisioner "local-exec" {
    command = "true"
  }
}

moved {
  from = aws_ssm_parameter.api_size
  to   = aws_ssm_parameter.size
}

output "sizes" {
  value = { api = aws_ecs_service.api.desired_count, jobs = aws_ecs_service.jobs.desired_count }
}

output "env" {
  value = local.common_tags["env"]
}
