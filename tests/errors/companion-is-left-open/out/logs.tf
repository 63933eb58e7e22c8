resource "aws_cloudwatch_log_group" "mail" {
  name = "mail"
