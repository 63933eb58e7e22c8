variable "role" {}
variable "stage" {}
