variable "a" {} variable "b" {}
