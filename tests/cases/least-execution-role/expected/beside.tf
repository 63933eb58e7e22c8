variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "kms_key_arn" {
  type = string
}

variable "policy_arn" {
  type    = string
  default = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

variable "more_secrets" {
  type    = list(object({ name = string, valueFrom = string }))
  default = []
}

locals {
  prefix = "shop"
}

resource "aws_ssm_parameter" "database_url" {
  name  = "/shop/database_url"
  type  = "SecureString"
  value = "unset"
}

resource "aws_secretsmanager_secret" "session" {
  name = "session"
}
