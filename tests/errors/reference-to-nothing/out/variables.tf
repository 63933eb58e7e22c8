variable "domain" {}
