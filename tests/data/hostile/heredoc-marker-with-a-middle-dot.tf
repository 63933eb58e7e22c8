strange "a" {
  x = <<a·b
  {

a·b
  y = 1
}
