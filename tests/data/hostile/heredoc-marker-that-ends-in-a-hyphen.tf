a {
  x = <<-A-
A
  A-
}
b {
}
