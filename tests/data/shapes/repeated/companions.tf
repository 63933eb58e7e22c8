variable "stage" {
  type = string
}

variable "image_tag" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

resource "aws_secretsmanager_secret" "db_url" {
  name = "${var.stage}/db-url"
}

resource "aws_s3_bucket" "reports" {
  bucket = "${var.stage}-reports"
}

output "sizes" {
  value = { api = aws_ecs_service.api.desired_count }
}
