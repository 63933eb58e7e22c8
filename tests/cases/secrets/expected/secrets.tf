variable "stage" {
  type = string
}

variable "token_arn" {
  type = string
}

variable "token_key_arn" {
  type = string
}

resource "aws_kms_key" "main" {}

resource "aws_kms_alias" "main" {
  name          = "alias/shop"
  target_key_id = aws_kms_key.main.key_id
}

resource "aws_secretsmanager_secret" "database" {
  name = "shop-database"
}

resource "aws_secretsmanager_secret" "smtp" {
  name       = "shop-smtp"
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_ssm_parameter" "signing" {
  name  = "/shop/signing"
  type  = "String"
  value = "only-for-a-test"
}

variable "parameter_arn" {
  type = string
}
