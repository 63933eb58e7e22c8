a {
  x = <<EOF
text
 EOF 
}
hidden "b" {
  y = 2
}
c {
  z = <<EOF
text
EOF
}
