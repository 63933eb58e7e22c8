resource "aws_efs_file_system" "uploads" {}

resource "aws_efs_file_system" "themes" {}

resource "aws_efs_access_point" "web" {
  file_system_id = aws_efs_file_system.uploads.id
}

resource "aws_kms_key" "disks" {}

resource "aws_iam_role" "ebs" {
  name = "shop-ebs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs.amazonaws.com" }
    }]
  })
}
