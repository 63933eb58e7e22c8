variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "stage" {
  type = string
}

variable "cpu" {
  type = number
}

variable "memory" {
  type = map(number)
}

variable "architecture" {
  type = string
}

variable "disk" {
  type = number
}

variable "stop_timeout" {
  type = number
}

variable "interval" {
  type = string
}

variable "timeout" {}

variable "public" {
  type = bool
}

variable "port" {
  type = number
}

variable "web_count" {
  type = number
}

variable "least" {
  type = number
}

variable "most" {
  type = number
}

variable "wait" {
  type = bool
}

variable "debug" {
  type = bool
}

variable "retries" {
  type = number
}

variable "age" {
  type = number
}

locals {
  start_period = 30
}

resource "aws_lb_target_group" "web" {
  name        = "shop-web"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0a1b2c3d"
}
