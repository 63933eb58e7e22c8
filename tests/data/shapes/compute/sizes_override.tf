resource "aws_ecs_service" "api" {
  deployment_maximum_percent = 150
}
