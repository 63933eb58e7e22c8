a {
  x = "b ${~ c ~} d %{~ if e ~} f %{~ endif ~}"
}
b {
}
