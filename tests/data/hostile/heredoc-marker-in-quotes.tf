a {
  x = <<"A"
}
b {
}
A
}
