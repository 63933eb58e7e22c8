resource "aws_lb_target_group" "this" {
  for_each = local.services

  name_prefix          = substr(each.key, 0, 6)
  port                 = each.value.port
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = var.vpc_id
  deregistration_delay = 30

  health_check {
    path    = each.value.health
    matcher = "200"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each = local.services

  listener_arn = var.https_listener_arn
  priority     = each.value.priority

  dynamic "action" {
    for_each = each.key == "storefront" && var.oidc != null ? [var.oidc] : []

    content {
      type  = "authenticate-oidc"
      order = 1

      authenticate_oidc {
        issuer                 = action.value.issuer
        authorization_endpoint = "${action.value.issuer}/authorize"
        token_endpoint         = "${action.value.issuer}/token"
        user_info_endpoint     = "${action.value.issuer}/userinfo"
        client_id              = action.value.client_id
        client_secret          = action.value.client_secret
      }
    }
  }

  action {
    type             = "forward"
    order            = 10
    target_group_arn = aws_lb_target_group.this[each.key].arn
  }

  condition {
    host_header {
      values = each.value.hosts
    }
  }

  dynamic "condition" {
    for_each = length(each.value.paths) == 0 ? [] : [each.value.paths]

    content {
      path_pattern {
        values = condition.value
      }
    }
  }

  condition {
    http_header {
      http_header_name = "X-Edge-Token"
      values           = [var.edge_token]
    }
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each = { for k, s in local.services : k => s if s.max > s.min }

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${local.ecs_services[each.key].name}"
  min_capacity       = each.value.min
  max_capacity       = each.value.max
}

resource "aws_appautoscaling_policy" "requests" {
  for_each = aws_appautoscaling_target.this

  name               = "${each.key}-requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  scalable_dimension = each.value.scalable_dimension
  resource_id        = each.value.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 400

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${var.lb_arn_suffix}/${aws_lb_target_group.this[each.key].arn_suffix}"
    }
  }
}

resource "aws_appautoscaling_scheduled_action" "night" {
  for_each = var.target_env == "prod" ? {} : aws_appautoscaling_target.this

  name               = "${each.key}-night"
  service_namespace  = each.value.service_namespace
  scalable_dimension = each.value.scalable_dimension
  resource_id        = each.value.resource_id
  schedule           = "cron(0 19 * * ? *)"
  timezone           = "Europe/Oslo"

  scalable_target_action {
    min_capacity = 0
    max_capacity = 0
  }
}

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  for_each = local.services

  alarm_name          = "${local.prefix}-${each.key}-unhealthy"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alerts_topic_arn]

  dimensions = {
    LoadBalancer = var.lb_arn_suffix
    TargetGroup  = aws_lb_target_group.this[each.key].arn_suffix
  }
}
