variable "stage" {
  type = string
}

variable "with_mail" {
  type = bool
}

variable "with_web" {
  type = bool
}
