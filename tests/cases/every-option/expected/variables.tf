variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "image_tag" {
  type = string
}

variable "region" {
  type = string
}

variable "mail_queue" {
  type = string
}

variable "archive_bucket" {
  type = string
}

variable "extra_subnet" {
  type = string
}

variable "smtp_password_arn" {
  type = string
}

variable "mail_security_groups" {
  type = list(string)
}
