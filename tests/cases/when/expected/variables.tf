variable "stage" {
  type    = string
  default = "dev"
}

variable "with_web" {
  type    = bool
  default = true
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}
