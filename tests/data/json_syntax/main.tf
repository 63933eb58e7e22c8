terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = { source = "hashicorp/aws" }
  }

  backend "s3" {
    bucket = "a-$${b}"
  }
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "other"
  region = var.region
}

variable "region" {
  type        = map(object({ name = optional(string) }))
  default     = "$${not.a.template"
  description = "%%{ $${"

  validation {
    condition     = length(var.region) > 1
    error_message = "It is ${var.region}."
  }
}

locals {
  number  = 1
  dynamic = { a = {} }
}

locals {
  text = "a-${local.number}"
}

module "queue" {
  source     = "./$${queue}"
  providers  = { aws.main = aws.other }
  depends_on = [aws_sqs_queue.two]
  name       = local.text
}

resource "aws_sqs_queue" "one" {
  name = "one-${var.region}"
  tags = { env = "x", "//" = local.text }
}

resource "aws_sqs_queue" "two" {
  count      = var.region
  provider   = aws.other
  depends_on = [aws_sqs_queue.one, module.queue]

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags, tags["env"]]
    replace_triggered_by  = [aws_sqs_queue.one.arn, aws_sqs_queue.one[0]]

    precondition {
      condition     = var.region > 1
      error_message = "a"
    }

    precondition {
      condition     = var.region < 1
      error_message = "b"
    }
  }
}

resource "aws_sqs_queue" "three" {
  lifecycle {
    ignore_changes = all
  }
}

resource "aws_ecs_service" "web" {
  network_configuration {
    subnets = ["s", local.text]
  }

  load_balancer {
    container_port = 1
  }

  load_balancer {
    container_port = 2
  }
}

resource "aws_ecs_service" "worker" {
  dynamic "load_balancer" {
    for_each = [1]
    iterator = port

    content {
      container_port = port.value
      target         = aws_lb_target_group.x.arn
    }
  }
}

resource "aws_security_group" "open" {
  ingress = var.region
}

resource "terraform_data" "programs" {
  connection {
    host = self.id
  }

  provisioner "local-exec" {
    command    = "echo ${self.id}"
    when       = destroy
    on_failure = continue
  }

  provisioner "remote-exec" {
    inline = ["true"]

    connection {
      host = "h"
    }
  }
}

data "aws_iam_policy_document" "one" {
  statement {
    actions = ["sqs:*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

output "one" {
  value       = aws_sqs_queue.one.arn
  description = "$${"
  depends_on  = [aws_sqs_queue.one]

  precondition {
    condition     = local.number == 1
    error_message = "c"
  }
}

check "health" {
  data "http" "site" {
    url = "https://${local.text}"
  }

  assert {
    condition     = data.http.site.status_code == 200
    error_message = "d"
  }
}

moved {
  from = aws_sqs_queue.old["a"]
  to   = module.queue.aws_sqs_queue.new[0]
}

moved {
  from = aws_sqs_queue.older
  to   = aws_sqs_queue.one
}

import {
  to = aws_sqs_queue.one
  id = "https://${local.text}"
}

removed {
  from = aws_sqs_queue.gone

  lifecycle {
    destroy = false
  }
}
