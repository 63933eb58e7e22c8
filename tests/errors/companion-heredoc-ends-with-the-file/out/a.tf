locals {
  a = <<-A
  b
  A