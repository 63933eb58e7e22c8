resource "aws_secretsmanager_secret" "db_url" {
  name = "shop/db-url"
}
