variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "log_group_arn" {
  type    = string
  default = "arn:aws:logs:eu-west-1:123456789012:log-group:/shop/report"
}

variable "role_arn" {
  type    = string
  default = "arn:aws:iam::123456789012:role/report"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_cloudwatch_log_group" "shop" {
  name = "shop"
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "start" {
  name               = "start"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role" "report" {
  name               = "report"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role" "mail" {
  name               = "mail"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

variable "tag" {
  type = string
}

resource "aws_ecr_repository" "web" {
  name = "web"
}
