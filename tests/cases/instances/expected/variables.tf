variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "family" {
  type    = string
  default = "r6g"
}

variable "resource" {
  type    = string
  default = "cpu"
}

variable "system" {
  type    = string
  default = "LINUX"
}

variable "architecture" {
  type    = string
  default = "ARM64"
}

variable "public" {
  type    = bool
  default = false
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_lb_target_group" "web" {
  name        = "shop-web"
  target_type = "instance"
  protocol    = "HTTP"
  port        = 80
  vpc_id      = aws_vpc.main.id
}
