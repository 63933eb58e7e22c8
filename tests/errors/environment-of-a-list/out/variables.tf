variable "hosts" { type = list(string) }
variable "database" { type = object({ port = number }) }
