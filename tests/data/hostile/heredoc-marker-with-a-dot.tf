a {
  x = <<A.B
}
b {
}
A.B
}
