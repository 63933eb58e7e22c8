variable "stage" {
  type = string
}

variable "image_tag" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "alarm_threshold" {
  type    = number
  default = 80
}
