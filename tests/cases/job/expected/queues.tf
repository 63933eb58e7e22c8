resource "aws_sqs_queue" "dead" {
  name = "shop-dead"
}
