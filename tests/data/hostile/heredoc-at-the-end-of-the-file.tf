a = <<A
b
A