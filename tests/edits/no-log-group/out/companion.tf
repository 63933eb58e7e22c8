variable "tag" {
  type = string
}

variable "level" {
  type = string
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}
