locals {
  a = 1
  mail_image = "b"
}
