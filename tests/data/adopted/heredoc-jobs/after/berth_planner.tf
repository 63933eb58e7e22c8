resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly-${var.env_name}"
  schedule_expression = "cron(15 2 * * ? *)"
  state               = "ENABLED"
}

resource "aws_cloudwatch_event_target" "prune_sailings" {
  target_id = "prune-sailings-${var.env_name}"
  rule      = "${aws_cloudwatch_event_rule.nightly.name}"
  arn       = "${aws_ecs_cluster.ferry.arn}"
  role_arn  = "${aws_iam_role.events.arn}"

  ecs_target {
    task_count          = 1
    task_definition_arn = "${aws_ecs_task_definition.maintenance.arn}"
    launch_type         = "FARGATE"
    platform_version    = "1.4.0"

    network_configuration {
      subnets          = "${var.subnet_ids}"
      security_groups  = ["${aws_security_group.timetable_api.id}"]
      assign_public_ip = true
    }
  }

  input = <<EOF
{
  "containerOverrides": [
    {
      "name": "maintenance",
      "command": ["bundle", "exec", "rake", "sailings:prune"]
    }
  ]
}
EOF
}

resource "aws_cloudwatch_event_target" "export_ridership" {
  target_id = "export-ridership-${var.env_name}"
  rule      = "${aws_cloudwatch_event_rule.nightly.name}"
  arn       = "${aws_ecs_cluster.ferry.arn}"
  role_arn  = "${aws_iam_role.events.arn}"

  ecs_target {
    task_count          = 1
    task_definition_arn = "${aws_ecs_task_definition.maintenance.arn}"
    launch_type         = "FARGATE"

    network_configuration {
      subnets          = "${var.subnet_ids}"
      security_groups  = ["${aws_security_group.timetable_api.id}"]
      assign_public_ip = true
    }
  }

  input = jsonencode({
    containerOverrides = [{
      name    = "maintenance"
      command = ["bundle", "exec", "rake", "ridership:export"]
    }]
  })
}
