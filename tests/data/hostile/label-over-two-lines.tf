a "b
c" {
}
