a {
  x = "%%{b"
}
hidden "b" {
  y = "}"
}
