variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "workers" {
  type    = number
  default = 2
}

variable "debug" {
  default = false
}

variable "pool" {
  type = object({
    name = string
    size = optional(number, 5)
  })
  default = { name = "shop" }
}

variable "anything" {
  default = "a"
}

locals {
  timeout = 30
}

resource "aws_db_instance" "main" {
  instance_class      = "db.t4g.micro"
  engine              = "postgres"
  allocated_storage   = 20
  username            = "shop"
  password            = "only-for-a-test"
  skip_final_snapshot = true
}
