variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "level" { default = "info" }
variable "splunk_url" { default = "https://splunk.example.com:8088" }
variable "router_image" { default = "fluent/fluentd:v1.17" }
variable "metadata" { default = false }

resource "aws_kms_key" "main" {}

resource "aws_secretsmanager_secret" "datadog" { name = "datadog" }
resource "aws_secretsmanager_secret" "license" { name = "license" }
