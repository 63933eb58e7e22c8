a {
  x = <<_A
A
_A
}
b {
}
