resource "aws_secretsmanager_secret" "database" {
  name = "shop-database"
}

resource "aws_secretsmanager_secret" "bank" {
  name = "shop-bank"
}

resource "aws_kms_key" "money" {}
