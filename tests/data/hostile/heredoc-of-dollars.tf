a {
  x = <<A
$
$$
%
%%
$%{ if true }%{ endif }
$${
%%{
$$${
$A
A
}
b {
}
