variable "list" {
  type = list(object({ name = string, valueFrom = string }))
}

variable "set" {
  type = set(map(string))
}

variable "texts" {
  type = list(string)
}

variable "map" {
  type = map(string)
}

variable "numbers" {
  type = map(number)
}

variable "lists" {
  type = map(list(string))
}

variable "pools" {
  type = object({ size = number, hosts = list(string) })
}

variable "anything" {
  type = any
}

locals {
  arns = { TOKEN = aws_secretsmanager_secret.token.arn }
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}

variable "counts" {
  type = list(object({ name = string, value = number }))
}

variable "strange" {
  type = list(object({ name = string, value = any, note = optional(list(string)) }))
}
