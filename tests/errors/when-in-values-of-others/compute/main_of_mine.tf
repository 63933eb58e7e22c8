variable "with_web" {
  type = bool
}

resource "aws_db_instance" "main" {
  count          = 2
  instance_class = "db.t4g.micro"
}

resource "aws_route53_zone" "main" {
  for_each = toset(["a.example.com"])
  name     = each.key
}

module "media" {
  source = "./media"
  count  = var.with_web ? 1 : 0
}
