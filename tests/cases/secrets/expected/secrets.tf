variable "stage" {
  type    = string
  default = "prod"
}

variable "token_arn" {
  type    = string
  default = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:token-abcdef"
}

variable "token_key_arn" {
  type    = string
  default = "arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012"
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
  type    = string
  default = "arn:aws:ssm:eu-west-1:111111111111:parameter/given"
}
