a {
  x = <<A # b
}
b {
}
A
}
