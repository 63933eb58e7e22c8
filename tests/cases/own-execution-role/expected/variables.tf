variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "boundary_arn" {
  type    = string
  default = "arn:aws:iam::111111111111:policy/boundary"
}

variable "registry_arn" {
  type    = string
  default = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:registry-abcdef"
}

variable "more_secrets" {
  type    = list(object({ name = string, valueFrom = string }))
  default = [{ name = "RATE", valueFrom = "arn:aws:ssm:eu-west-1:111111111111:parameter/shop/rate" }]
}

locals {
  secrets_of_migration = { OWNER_URL = aws_secretsmanager_secret.owner.arn }
}

resource "aws_secretsmanager_secret" "database" {
  name = "database"
}

resource "aws_secretsmanager_secret" "bank" {
  name = "bank"
}

resource "aws_secretsmanager_secret" "owner" {
  name = "owner"
}

resource "aws_kms_key" "money" {}

resource "aws_s3_bucket" "settings" {
  bucket = "shop-settings"
}
