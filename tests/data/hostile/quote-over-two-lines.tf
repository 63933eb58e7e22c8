a {
  x = "b
"
}
c {
}
