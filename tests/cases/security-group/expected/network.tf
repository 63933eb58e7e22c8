variable "vpc_id" {
  type = string
}

variable "subnet" {
  type = string
}

variable "office" {
  type    = string
  default = "192.0.2.0/24"
}

variable "groups" {
  type    = list(string)
  default = []
}

resource "aws_security_group" "monitoring" {
  name   = "monitoring"
  vpc_id = var.vpc_id
}
