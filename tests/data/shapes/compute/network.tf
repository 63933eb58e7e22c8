locals {
  ports = { http = 80, https = 443 }
}

data "aws_security_group" "tasks" {
  id = var.security_group
}

resource "aws_security_group" "alb" {
  name   = "shop-alb"
  vpc_id = data.aws_security_group.tasks.vpc_id

  dynamic "ingress" {
    for_each = local.ports

    content {
      description = "${ingress.key} of ${local.common_tags.env}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }

  tags = local.common_tags
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  for_each = {
    api  = aws_ecs_service.api.name
    jobs = aws_ecs_service.jobs.name
  }

  alarm_name          = "shop-${each.key}-cpu"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 3
  threshold           = var.alarm_threshold
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { ClusterName = aws_ecs_cluster.this.name, ServiceName = each.value }
  tags                = local.common_tags
}

resource "aws_appautoscaling_target" "api" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.api.name}"
  min_capacity       = aws_ecs_service.api.desired_count
  max_capacity       = aws_ecs_service.api.desired_count * 4
}
