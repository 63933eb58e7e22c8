moved {
  from = aws_ecs_service.this["storefront"]
  to   = aws_ecs_service.storefront
}

moved {
  from = aws_ecs_task_definition.this["storefront"]
  to   = aws_ecs_task_definition.storefront
}

moved {
  from = aws_cloudwatch_log_group.this["storefront"]
  to   = aws_cloudwatch_log_group.storefront
}

moved {
  from = aws_security_group.service["storefront"]
  to   = aws_security_group.storefront
}

moved {
  from = aws_ecs_service.this["catalogue"]
  to   = aws_ecs_service.catalogue
}

moved {
  from = aws_ecs_task_definition.this["catalogue"]
  to   = aws_ecs_task_definition.catalogue
}

moved {
  from = aws_cloudwatch_log_group.this["catalogue"]
  to   = aws_cloudwatch_log_group.catalogue
}

moved {
  from = aws_security_group.service["catalogue"]
  to   = aws_security_group.catalogue
}

moved {
  from = aws_ecs_service.this["basket"]
  to   = aws_ecs_service.basket
}

moved {
  from = aws_ecs_task_definition.this["basket"]
  to   = aws_ecs_task_definition.basket
}

moved {
  from = aws_cloudwatch_log_group.this["basket"]
  to   = aws_cloudwatch_log_group.basket
}

moved {
  from = aws_security_group.service["basket"]
  to   = aws_security_group.basket
}
