variable "stage" {
  type = string
}

variable "container" {
  type = number
}

locals {
  prefix = "shop-${var.stage}"
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}

resource "aws_lb_target_group" "web" {
  name        = "web"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0a1b2c3d"
}
