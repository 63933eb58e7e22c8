variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "env" {
  type    = string
  default = "prod"
}

variable "launch" {
  type    = string
  default = "FARGATE"
}

variable "base" {
  type    = number
  default = 1
}

resource "aws_ecs_capacity_provider" "large" {
  name = "shop-large"

  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0a1b2c3d:autoScalingGroupName/shop-large"
  }
}
