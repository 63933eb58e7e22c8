a {
  b = c.0.1.d
}
e {
}
