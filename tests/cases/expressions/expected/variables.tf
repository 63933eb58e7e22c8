variable "tags" {
  type    = map(string)
  default = {}
}

variable "web_tags" {
  type    = map(string)
  default = { service = "web" }
}

variable "environment" {
  type    = map(string)
  default = { LEVEL = "debug" }
}

variable "entry_point" {
  type    = list(string)
  default = ["/bin/sh", "-c"]
}

variable "options" {
  type    = list(string)
  default = []
}

variable "probe" {
  type    = list(string)
  default = ["CMD", "true"]
}

variable "subnets" {
  type    = list(string)
  default = ["subnet-0a1b2c3d"]
}

variable "security_group" {
  type    = string
  default = "sg-0a1b2c3d"
}

variable "stage" {
  type    = string
  default = "prod"
}

variable "cpu" {
  type    = number
  default = 256
}

variable "memory" {
  type    = map(number)
  default = {}
}

variable "architecture" {
  type    = string
  default = "ARM64"
}

variable "disk" {
  type    = number
  default = 30
}

variable "stop_timeout" {
  type    = number
  default = 60
}

variable "interval" {
  type    = string
  default = "30"
}

variable "timeout" {
  default = "5"
}

variable "public" {
  type    = bool
  default = false
}

variable "port" {
  type    = number
  default = 8080
}

variable "web_count" {
  type    = number
  default = 2
}

variable "least" {
  type    = number
  default = 50
}

variable "most" {
  type    = number
  default = 200
}

variable "wait" {
  type    = bool
  default = false
}

variable "debug" {
  type    = bool
  default = false
}

variable "retries" {
  type    = number
  default = 3
}

variable "age" {
  type    = number
  default = 600
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

variable "grace" {
  type    = number
  default = 60
}
