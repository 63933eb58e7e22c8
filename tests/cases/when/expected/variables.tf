variable "stage" {
  type    = string
  default = "dev"
}

variable "with_web" {
  type    = bool
  default = true
}
