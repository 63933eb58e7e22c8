resource "aws_secretsmanager_secret" "db_url" {
  name = "cricksy-ai/database-url"
  tags = local.common_tags
}

resource "aws_secretsmanager_secret_version" "db_url" {
  secret_id     = aws_secretsmanager_secret.db_url.id
  secret_string = "postgresql://${var.db_username}:${var.db_password}@${var.db_endpoint}/${var.db_name}"
}

resource "aws_secretsmanager_secret" "app_secret_key" {
  name = "cricksy-ai/app-secret-key"
  tags = local.common_tags
}

resource "aws_secretsmanager_secret_version" "app_secret_key" {
  secret_id     = aws_secretsmanager_secret.app_secret_key.id
  secret_string = var.app_secret_key
}
