strange "a" {
  x = !!core::upper(- -a, !-b)
  y = "a ${~ provider::b::c(d) ~} e"
}
