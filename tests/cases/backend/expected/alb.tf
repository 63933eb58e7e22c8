resource "aws_lb" "web" {
  name            = "shop-web"
  subnets         = var.subnets
  security_groups = [var.security_group]
}

resource "aws_lb_target_group" "web" {
  name        = "shop-web"
  vpc_id      = var.vpc_id
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
