variable "stage" {
  type    = string
  default = "dev"
}

variable "container" {
  type    = number
  default = 7
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

locals {
  prefix = "shop-${var.stage}"
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_lb_target_group" "web" {
  name        = "web"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.this.id
}
