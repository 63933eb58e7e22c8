variable "service" {
  type = string
}

variable "size" {
  type = number
}

resource "aws_ssm_parameter" "title" {
  name  = "/shop/dashboard"
  type  = "String"
  value = "${var.service} with ${var.size} tasks"
}

output "title" {
  value = "${var.service} in version ${aws_ssm_parameter.title.version}"
}
