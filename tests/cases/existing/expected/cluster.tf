variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}
