a {
  b = 'c'
}
d {
}
