variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "traces" { default = true }
variable "debug" { default = true }
variable "env" { default = "dev" }
variable "admin_port" { default = 9901 }
variable "sidecar_image" { default = "busybox:1.36" }
variable "sidecar_is_essential" { default = false }

variable "migration_settings" {
  default = [{ name = "LOCK_TIMEOUT", value = "30" }]
}

variable "nginx_secrets" {
  type    = list(object({ name = string, valueFrom = string }))
  default = [{ name = "TLS_KEY", valueFrom = "arn:aws:secretsmanager:us-east-1:111111111111:secret:tls-a1b2c3" }]
}

resource "aws_kms_key" "main" {}

resource "aws_secretsmanager_secret" "database" { name = "database" }
resource "aws_secretsmanager_secret" "token" { name = "token" }

resource "aws_ssm_parameter" "api_key" {
  name  = "/shop/api-key"
  type  = "SecureString"
  value = "x"
}
