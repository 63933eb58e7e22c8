a {
  x = <<A
${<<B
A
B
}
}
not {
}
A
}
b {
}
