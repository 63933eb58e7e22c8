variable "subnets" {
  type    = list(string)
  default = ["subnet-0a1b2c3d"]
}

resource "aws_secretsmanager_secret" "registry" {
  name = "registry"
}

resource "aws_ssm_parameter" "splunk" {
  name  = "/shop/splunk"
  type  = "SecureString"
  value = "set by hand"
}

resource "aws_s3_bucket" "settings" {
  bucket = "shop-settings"
}
