variable "word" {
  type = string
}

variable "flag" {
  type = bool
}

variable "number" {
  type = number
}

variable "texts" {
  type = list(string)
}

variable "map" {
  type = map(string)
}
