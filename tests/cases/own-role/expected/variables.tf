variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "vpc_id" {
  type = string
}
