variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "processes" {
  type = number
}

variable "team" {
  type = string
}

variable "build" {
  type = number
}

variable "log_region" {
  type = string
}

variable "cpu" {
  type = number
}

variable "memory" {
  type = number
}

variable "env" {
  type = string
}

variable "essential" {
  type    = string
  default = "true"
}

variable "retries" {
  type = number
}

variable "read_only" {
  type = bool
}

variable "keepalive" {
  type = number
}

variable "settings_arn" {
  type = string
}

variable "buffer_size" {
  type = string
}

variable "registry_arn" {
  type = string
}

variable "exit_code" {
  type = number
}

variable "splunk_url" {
  type = string
}

variable "splunk_token_arn" {
  type = string
}

variable "extra_hosts" {
  type    = list(object({ hostname = string, ipAddress = string }))
  default = []
}

variable "admin_port" {
  type    = string
  default = "9090"
}
