variable "more_environment" {
  type = list(object({ name = string, value = string }))
}

variable "secrets" {
  type = list(object({ name = string, valueFrom = string }))
}

locals {
  shared_secrets = {
    TOKEN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-a1b2c3:owner::"
  }
}

resource "aws_secretsmanager_secret" "database" {
  name = "database"
}
