resource "aws_ecr_repository" "web" {
  name = "${var.stage}-web"
}

resource "aws_ecs_cluster" "this" {
  name = "${var.stage}-cluster"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/${var.stage}/api"
}

resource "aws_cloudwatch_log_group" "jobs" {
  name = "/${var.stage}/jobs"
}

resource "aws_iam_role" "task_execution" {
  name = "${var.stage}-exec"
}

resource "aws_iam_role" "task_api" {
  name = "${var.stage}-api"
}

resource "aws_iam_role" "task_jobs" {
  name = "${var.stage}-jobs"
}

resource "aws_iam_policy" "task_execution_secrets" {
  name = "${var.stage}-secrets"
}
