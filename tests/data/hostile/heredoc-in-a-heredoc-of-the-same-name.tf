a {
  x = <<A
${<<A
A
}
}
not {
}
A
}
b {
}
