# What the resources of changes.yaml refer to: two of each, so that a reference can change.

variable "vpc_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

locals {
  both = toset(["one", "other"])

  trust = { for name in local.both : name => jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = name == "one" ? "ecs-tasks.amazonaws.com" : "ecs.amazonaws.com" }
    }]
  }) }

  policy = { for name in local.both : name => jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = name == "one" ? "s3:GetObject" : "s3:PutObject", Resource = "*" }]
  }) }

  containers = { for name in local.both : name => jsonencode([{ name = "app", image = name, memory = 128, essential = true }]) }

  key = "arn:aws:kms:us-east-2:111111111111:key/11111111-1111-1111-1111-111111111111"
}

resource "aws_iam_role" "support" {
  for_each           = local.both
  name               = "support-${each.key}"
  assume_role_policy = local.trust.one
}

resource "aws_iam_policy" "support" {
  for_each = local.both
  name     = "support-${each.key}"
  policy   = local.policy.one
}

resource "aws_ecs_cluster" "support" {
  for_each = local.both
  name     = "support-${each.key}"
}

resource "aws_ecs_task_definition" "support" {
  for_each              = local.both
  family                = "support-${each.key}"
  container_definitions = local.containers.one
  network_mode          = "awsvpc"
}

resource "aws_ecs_task_definition" "bridged" {
  family                = "bridged"
  container_definitions = local.containers.one
  network_mode          = "bridge"
}

resource "aws_security_group" "support" {
  for_each = local.both
  name     = "support-${each.key}"
  vpc_id   = var.vpc_id
}

resource "aws_vpc" "support" {
  for_each   = local.both
  cidr_block = "10.0.0.0/16"
}

resource "aws_ecs_cluster" "providers" {
  for_each = toset(["a", "b", "c", "d"])
  name     = each.key
}
