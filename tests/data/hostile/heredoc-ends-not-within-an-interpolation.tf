a {
  x = <<EOF
${f(
EOF
)}
}
not {
}
EOF
}
