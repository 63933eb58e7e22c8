variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "logs_key_arn" {
  type = string
}

variable "images_key_arn" {
  type = string
}

variable "keep_logs" {
  type    = bool
  default = false
}

variable "propagate_tags" {
  type    = string
  default = "TASK_DEFINITION"
}
