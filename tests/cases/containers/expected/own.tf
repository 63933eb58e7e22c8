variable "subnets" { type = list(string) }
variable "security_group" { type = string }
variable "traces" { type = bool }
variable "debug" { type = bool }
variable "env" { type = string }
variable "admin_port" { type = number }
variable "migration_settings" { type = list(object({ name = string, value = string })) }
variable "nginx_secrets" { type = list(object({ name = string, valueFrom = string })) }
variable "sidecar_image" { type = string }
variable "sidecar_is_essential" { type = bool }

resource "aws_kms_key" "main" {}

resource "aws_secretsmanager_secret" "database" { name = "database" }
resource "aws_secretsmanager_secret" "token" { name = "token" }

resource "aws_ssm_parameter" "api_key" {
  name  = "/shop/api-key"
  type  = "SecureString"
  value = "x"
}
