a {
  x = <<EOF
text
EOF
}
not "b" {
  y = 2
}
EOF
}
