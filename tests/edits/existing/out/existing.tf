resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = var.trust
}

resource "aws_iam_role" "start" {
  name               = "start"
  assume_role_policy = var.trust
}

variable "trust" {
  type = string
}
