a {
  x = <<A
%{ for x in y ~}
${x}
%{~ endfor }
A
}
b {
}
