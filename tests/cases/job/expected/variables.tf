variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "import_schedule" {
  type    = string
  default = "rate(1 day)"
}
