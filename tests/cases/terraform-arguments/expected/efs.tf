resource "aws_efs_file_system" "mails" {
  encrypted = true
}

resource "aws_efs_access_point" "mails" {
  file_system_id = aws_efs_file_system.mails.id
}
