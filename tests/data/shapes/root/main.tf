variable "stage" {
  type = string
}

variable "release" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

module "compute" {
  source = "./compute"

  stage          = var.stage
  image_tag      = var.release
  subnets        = var.subnets
  security_group = var.security_group
}

module "dashboard" {
  source = "./dashboard"

  service = module.compute.api_service
  size    = module.compute.sizes.api
}

resource "aws_ssm_parameter" "task_definition" {
  name  = "/shop/root/api"
  type  = "String"
  value = module.compute.api_task_definition
}

resource "aws_ssm_parameter" "env" {
  name  = "/shop/root/env"
  type  = "String"
  value = module.compute.env
}

resource "terraform_data" "deployed" {
  input            = { api = module.compute.api_task_definition, jobs = module.compute.jobs_task_definition }
  triggers_replace = [module.compute.sizes]
}

resource "terraform_data" "shown" {
  input = "${module.dashboard.title}!"
}

output "api_task_definition" {
  value = module.compute.api_task_definition
}

output "sizes" {
  value = module.compute.sizes
}

output "services" {
  value = "${module.compute.api_service} and ${module.compute.jobs_service}"
}

output "title" {
  value = module.dashboard.title
}

output "stage" {
  value = var.stage
}
