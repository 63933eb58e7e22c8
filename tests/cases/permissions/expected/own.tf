variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "uploads" {
  type = string
}

variable "key_arn" {
  type = string
}

variable "audit_topic" {
  type = string
}

variable "namespace" {
  type = string
}

variable "domain_arn" {
  type = string
}

variable "vpc" {
  type = string
}

variable "index_arn" {
  type = string
}

variable "index_role" {
  type = string
}

variable "sends_mail" {
  type = bool
}

locals {
  never       = ["s3:DeleteObject"]
  secret_arns = ["arn:aws:s3:::shop-secrets/*"]
}

resource "aws_s3_bucket" "public" {
  bucket = "shop-public"
}

resource "aws_sqs_queue" "invoices" {
  name = "shop-invoices"
}

resource "aws_dynamodb_table" "carts" {
  name         = "shop-carts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_kms_key" "uploads" {}

resource "aws_iam_policy" "index" {
  name   = "shop-index"
  policy = data.aws_iam_policy_document.index.json
}

data "aws_iam_policy_document" "index" {
  statement {
    actions   = ["es:ESHttpPut"]
    resources = ["${var.domain_arn}/*"]
  }
}

resource "aws_iam_role" "guest" {
  name               = "shop-guest"
  assume_role_policy = data.aws_iam_policy_document.ecs_assume.json
}
