locals {
  a = <<A # b
b
A
}
