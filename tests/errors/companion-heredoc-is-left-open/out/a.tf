locals {
  a = <<A
}

variable "b" {}
