a {
  x = <<A
${"${<<B
A
B
}"}
A
}
b {
}
