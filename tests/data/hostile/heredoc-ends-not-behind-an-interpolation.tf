a {
  x = <<EOF
${"b"}EOF
}
not {
}
EOF
}
