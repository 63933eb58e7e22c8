a {
  x = <<A
A
}
b {
}
