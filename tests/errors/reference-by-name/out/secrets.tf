resource "aws_secretsmanager_secret" "mail_token" {}
