variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "agent" {
  type    = string
  default = "agent"
}

variable "proxy" {
  type    = string
  default = "proxy"
}

variable "snapshot" {
  type    = string
  default = "snap-0a1b2c3d"
}

variable "disk" {
  type = object({ type = string, size = number })

  default = {
    type = "gp2"
    size = 20
  }
}

variable "path" {
  type    = string
  default = "/var/lib/search"
}

variable "by_role" {
  type    = bool
  default = true
}

variable "encrypted" {
  type    = bool
  default = true
}

variable "old_files" {
  type    = string
  default = "fs-0a1b2c3d4e5f60718"
}

variable "read_only" {
  default = "true"
}

variable "nfs" {
  type    = string
  default = "10.0.0.5"
}

variable "labels" {
  type    = map(string)
  default = { team = "build" }
}

variable "provisioned" {
  type    = bool
  default = false
}
