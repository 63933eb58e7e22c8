terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Product     = "orchard"
      Environment = var.stage
      ManagedBy   = "terraform"
    }
  }
}

locals {
  prefix = "orchard-${var.stage}"
}

resource "aws_ecs_cluster" "main" {
  name = local.prefix
}
