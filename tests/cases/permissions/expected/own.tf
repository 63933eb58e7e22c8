variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "uploads" {
  type    = string
  default = "shop-uploads"
}

variable "key_arn" {
  type    = string
  default = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

variable "audit_topic" {
  type    = string
  default = "arn:aws:sns:eu-west-1:123456789012:audit"
}

variable "namespace" {
  type    = string
  default = "Shop/Further"
}

variable "domain_arn" {
  type    = string
  default = "arn:aws:es:eu-west-1:123456789012:domain/shop"
}

variable "vpc" {
  type = string
}

variable "index_arn" {
  type    = string
  default = "arn:aws:ecs:eu-west-1:123456789012:task-definition/index:1"
}

variable "index_role" {
  type    = string
  default = "arn:aws:iam::123456789012:role/index"
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
