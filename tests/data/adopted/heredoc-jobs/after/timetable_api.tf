resource "aws_alb_target_group" "timetable_public" {
  name        = "timetable-public-${var.env_name}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "${var.vpc_id}"

  health_check {
    path = "/healthcheck"
  }
}

resource "aws_alb_target_group" "timetable_admin" {
  name        = "timetable-admin-${var.env_name}"
  port        = 9090
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "${var.vpc_id}"
}

resource "aws_alb_listener_rule" "timetable_public" {
  listener_arn = "${var.public_listener_arn}"
  priority     = 40

  action {
    type             = "forward"
    target_group_arn = "${aws_alb_target_group.timetable_public.arn}"
  }

  condition {
    path_pattern {
      values = ["/timetable/*", "/departures/*"]
    }
  }
}

resource "aws_alb_listener_rule" "timetable_admin" {
  listener_arn = "${var.private_listener_arn}"
  priority     = 41

  action {
    type             = "forward"
    target_group_arn = "${aws_alb_target_group.timetable_admin.arn}"
  }

  condition {
    host_header {
      values = ["timetable-admin.${var.private_domain}"]
    }
  }
}

resource "aws_security_group" "timetable_api" {
  name        = "timetable-api-${var.env_name}"
  description = "Timetable API"
  vpc_id      = "${var.vpc_id}"
}

resource "aws_security_group_rule" "timetable_api_in" {
  type                     = "ingress"
  from_port                = 8080
  to_port                  = 9090
  protocol                 = "tcp"
  security_group_id        = "${aws_security_group.timetable_api.id}"
  source_security_group_id = "${var.lb_security_group}"
}

resource "aws_security_group_rule" "timetable_api_out" {
  type              = "egress"
  from_port         = 0
  to_port           = 65535
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = "${aws_security_group.timetable_api.id}"
}
