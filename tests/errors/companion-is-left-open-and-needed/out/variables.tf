variable "subnets" {
