a​b {
}
