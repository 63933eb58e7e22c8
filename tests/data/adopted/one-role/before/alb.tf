resource "aws_lb" "application" {
  name               = "cricksy-ai-alb"
  load_balancer_type = "application"
  internal           = false
  subnets            = var.public_subnets
  security_groups    = [var.sg_alb_id]

  tags = local.common_tags
}

resource "aws_lb_target_group" "api" {
  name        = "cricksy-ai-api"
  vpc_id      = var.vpc_id
  port        = 8000
  protocol    = "HTTP"
  target_type = "ip"

  health_check {
    path    = "/health"
    matcher = "200"
  }

  tags = local.common_tags
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.application.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}
