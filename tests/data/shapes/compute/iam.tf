data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "Deploy"
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"]
    }

    principals {
      type        = "Service"
      identifiers = ["ecs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/env"
      values   = [local.common_tags.env]
    }

    condition {
      test     = "StringLike"
      variable = "sts:RoleSessionName"
      values   = ["deploy-*", "&{aws:username}"]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name               = "shop-deploy"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = local.common_tags
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Read"
    actions   = ["ecs:DescribeServices", "ecs:ListTasks"]
    resources = ["*"]
  }

  statement {
    sid           = "NotAdmin"
    effect        = "Deny"
    not_actions   = ["ecs:*", "ssm:*"]
    not_resources = ["arn:aws:s3:::shop-*"]
  }
}

data "aws_iam_policy_document" "deploy" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]

  statement {
    actions   = ["ecs:UpdateService"]
    resources = ["arn:aws:ecs:*:*:service/${aws_ecs_cluster.this.name}/${aws_ecs_service.api.name}"]
  }

  statement {
    sid       = "Read"
    actions   = ["ecs:DescribeServices"]
    resources = ["arn:aws:ecs:*:*:service/shop-${local.common_tags.env}/*"]
  }
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.deploy.id
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_role" "audit" {
  name = "shop-audit"

  assume_role_policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "Service": "config.amazonaws.com" }, "Action": "sts:AssumeRole" }
  ]
}
EOF

  inline_policy {
    name = "logs"

    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect   = "Allow"
          Action   = "logs:FilterLogEvents"
          Resource = ["arn:aws:logs:*:*:log-group:${aws_cloudwatch_log_group.api.name}:*"]
        },
      ]
    })
  }
}

resource "aws_iam_policy" "shared" {
  name = "shop-shared"

  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["ssm:GetParameter", "ssm:GetParameters"],
          "Resource": "arn:aws:ssm:*:*:parameter/shop/${local.common_tags.env}/*"
        },
        {
          "Effect": "Allow",
          "Action": "ecs:DescribeTasks",
          "Resource": "*",
          "Condition": { "StringEquals": { "aws:ResourceTag/services": ${jsonencode([aws_ecs_service.api.name, aws_ecs_service.jobs.name])} } }
        }
      ]
    }
  POLICY
}

resource "aws_iam_role_policy_attachment" "shared" {
  for_each = toset([aws_iam_role.deploy.name, "shop-audit"])

  role       = each.value
  policy_arn = aws_iam_policy.shared.arn

  depends_on = [aws_iam_role.audit]
}

resource "aws_iam_role_policy_attachment" "read_only" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
