resource "aws_iam_policy" "boundary" {
  name = "shop-boundary"
  path = "/shop/"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["iam:*"], Resource = ["*"] }]
  })
}
