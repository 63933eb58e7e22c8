a {
  x = <<A
b
A
}
b {
}
