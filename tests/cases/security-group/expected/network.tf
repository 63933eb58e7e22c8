variable "vpc_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "office" {
  type    = string
  default = "192.0.2.0/24"
}

variable "cleans" {
  type    = bool
  default = true
}

variable "groups" {
  type    = list(string)
  default = []
}

resource "aws_security_group" "monitoring" {
  name   = "monitoring"
  vpc_id = var.vpc_id
}
