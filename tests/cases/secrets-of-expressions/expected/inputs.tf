variable "stage" {
  type    = string
  default = "prod"
}

variable "environment" {
  type    = map(string)
  default = { log_level = "info" }
}

variable "shared_environment" {
  type    = list(object({ name = string, value = string }))
  default = [{ name = "ORIGIN", value = "shop.example" }]
}

variable "more_environment" {
  type    = list(map(string))
  default = [{ name = "TIMEOUT", value = "30" }]
}

# A part of a secret, and a parameter.
variable "secrets" {
  type = list(object({ name = string, valueFrom = string }))
  default = [
    { name = "SMTP_USER", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:smtp-a1b2c3:user::" },
    { name = "SITE_KEY", valueFrom = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/site_key" },
  ]
}

variable "no_secrets" {
  type    = list(object({ name = string, valueFrom = string }))
  default = []
}

variable "no_mapping" {
  type    = map(string)
  default = {}
}

locals {
  shared_secrets = {
    TOKEN       = aws_secretsmanager_secret.token.arn
    TOKEN_OWNER = "${aws_secretsmanager_secret.token.arn}:owner:AWSCURRENT:"
    SALT        = aws_ssm_parameter.salt.arn
  }
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}

resource "aws_secretsmanager_secret" "database" {
  name = "database"
}

resource "aws_secretsmanager_secret" "each" {
  count = 2

  name = "KEY_${count.index}"
}

resource "aws_ssm_parameter" "salt" {
  name  = "/shop/salt"
  type  = "SecureString"
  value = "pepper"
}
