a {
  x = "b\
"
}
c {
}
