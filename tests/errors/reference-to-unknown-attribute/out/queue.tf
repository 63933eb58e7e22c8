resource "aws_sqs_queue" "jobs" {}

resource "aws_sqs_queue" "many" {
  count = 2
}

resource "aws_security_group" "tasks" {}

resource "aws_kms_alias" "a_type_that_is_not_in_the_table" {
  target_key_id = "x"
}
