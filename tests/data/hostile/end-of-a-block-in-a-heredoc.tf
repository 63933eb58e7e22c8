a {
  x = <<A
b {
}
A
}
c {
}
