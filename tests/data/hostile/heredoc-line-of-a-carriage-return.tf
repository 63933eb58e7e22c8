a {
  x = <<A
bA
}
b {
}
A
}
