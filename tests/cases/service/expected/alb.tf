variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "sends_mail" {
  type    = bool
  default = true
}

resource "aws_lb" "public" {
  name               = "shop"
  load_balancer_type = "application"
  subnets            = var.subnets
}

resource "aws_lb_target_group" "proxy" {
  name        = "shop-proxy"
  port        = 8081
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.vpc_id
}

resource "aws_lb_target_group" "legacy" {
  name        = "shop-legacy"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.vpc_id
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.public.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.legacy.arn
  }
}

resource "aws_iam_role" "disks" {
  name = "shop-disks"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs.amazonaws.com" } }
    ]
  })
}

resource "aws_ecs_task_definition" "legacy" {
  family                   = "legacy"
  cpu                      = 256
  memory                   = 512
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions = jsonencode([
    { name = "app", image = "busybox:1.36", essential = true, portMappings = [{ containerPort = 80 }] }
  ])
}
