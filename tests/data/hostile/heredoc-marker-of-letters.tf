a {
  x = <<été
not {}
ete
été
}
b {
}
