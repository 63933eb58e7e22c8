# What the load balancer has to know of each service.
locals {
  prefix = "${var.product}-${var.target_env}"

  services = {
    storefront = {
      port     = 3000
      min      = 2
      max      = 8
      priority = 300
      hosts    = ["shop.${var.domain}"]
      paths    = []
      health   = "/healthz"
    }
    catalogue = {
      port     = 8080
      min      = 2
      max      = 6
      priority = 200
      hosts    = ["api.${var.domain}"]
      paths    = ["/catalogue", "/catalogue/*"]
      health   = "/actuator/health"
    }
    basket = {
      port     = 8080
      min      = 1
      max      = 4
      priority = 210
      hosts    = ["api.${var.domain}"]
      paths    = ["/basket/*"]
      health   = "/actuator/health"
    }
  }

  common_env = {
    TARGET_ENV = var.target_env
    AWS_REGION = data.aws_region.here.name
    LOG_LEVEL  = var.target_env == "prod" ? "warn" : "debug"
  }

  ecs_services = {
    storefront = aws_ecs_service.storefront
    catalogue  = aws_ecs_service.catalogue
    basket     = aws_ecs_service.basket
  }
}

data "aws_region" "here" {}
