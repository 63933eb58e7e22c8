variable "list" { type = list(string) }
variable "set" { type = set(string) }
variable "text" { type = string }
