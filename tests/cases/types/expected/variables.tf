variable "region" {
  type = string
}

variable "workers" {
  type = number
}

variable "debug" {
  default = false
}

variable "pool" {
  type = object({
    name = string
    size = optional(number, 5)
  })
}

variable "anything" {}

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
