variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "log_group_arn" {
  type = string
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_cloudwatch_log_group" "shop" {
  name = "shop"
}
