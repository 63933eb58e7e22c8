a {
  x = <<A-B
A
A-
A-B
}
b {
}
