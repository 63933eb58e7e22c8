variable "subnets" { type = list(string) }
variable "security_group" { type = string }
variable "level" { type = string }
variable "splunk_url" { type = string }
variable "router_image" { type = string }
variable "metadata" { type = bool }

resource "aws_kms_key" "main" {}

resource "aws_secretsmanager_secret" "datadog" { name = "datadog" }
resource "aws_secretsmanager_secret" "license" { name = "license" }
