a {
  x = <<EOF
${
"b"
}
EOF
}
b {
}
