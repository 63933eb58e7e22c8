variable "policy" {}

variable "action" {}

variable "tag" {}
