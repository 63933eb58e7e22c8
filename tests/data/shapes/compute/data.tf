resource "aws_secretsmanager_secret" "db_url" {
  name = "shop/${var.stage}/db-url"
}

resource "aws_s3_bucket" "reports" {
  bucket = "shop-reports"
  tags   = merge(local.common_tags, { content = "reports" })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ssm_parameter" "size" {
  name  = "/shop/size"
  type  = "String"
  value = tostring(aws_ecs_service.api.desired_count)
}

resource "aws_ssm_parameter" "tag" {
  for_each = local.common_tags

  name  = "/shop/tags/${each.key}"
  type  = "String"
  value = each.value
}

resource "aws_ssm_parameter" "service" {
  for_each = toset([aws_ecs_service.api.name, aws_ecs_service.jobs.name])

  name  = "/shop/services/${each.key}"
  type  = "String"
  value = upper(each.value)
  tags  = local.common_tags
}

resource "aws_ssm_parameter" "task" {
  count = aws_ecs_service.api.desired_count

  name  = "/shop/tasks/${count.index}"
  type  = "String"
  value = "task ${count.index + 1} of ${aws_ecs_service.api.name}"
}

resource "aws_ssm_parameter" "ignored" {
  name  = "/shop/ignored"
  type  = "String"
  value = tostring(aws_ecs_service.api.desired_count)
  tags  = local.common_tags

  lifecycle {
    ignore_changes = [value]
  }
}

resource "aws_ssm_parameter" "frozen" {
  name  = "/shop/frozen"
  type  = "String"
  value = tostring(aws_ecs_service.api.desired_count)
  tags  = local.common_tags

  lifecycle {
    ignore_changes = all
  }
}

resource "aws_ssm_parameter" "partly" {
  name  = "/shop/partly"
  type  = "String"
  value = "partly"
  tags  = local.common_tags

  lifecycle {
    ignore_changes = [tags["env"], tags_all["env"]]
  }
}
