a = 1
a {
  b = 1
  b {
  }
}
