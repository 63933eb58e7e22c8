variable "a" {}
/* and
