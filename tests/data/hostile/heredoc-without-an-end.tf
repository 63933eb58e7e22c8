a {
  x = <<A
}
b {
}
