variable "with_web" {
  type = bool
}

resource "aws_cloudwatch_metric_alarm" "web" {
  alarm_name          = "${aws_ecs_service.web.name}-${aws_ecs_service.mail[0].name}"
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = [aws_ecs_task_definition.mail["web"].arn]
  ok_actions          = aws_ecs_service.web.*.id
  dimensions = {
    ServiceName = aws_ecs_service.web[0].name
    LogGroup    = one(aws_cloudwatch_log_group.web[*].name)
    Mails       = aws_ecs_service.mail.name
    Old         = aws_ecs_service.mail.0.name
  }

  depends_on = [aws_ecs_service.web, aws_ecs_service.mail]
}

moved {
  from = aws_ecs_service.mail[0]
  to   = aws_ecs_service.mail
}

output "web" {
  value = aws_ecs_service.web
}
