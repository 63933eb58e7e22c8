# ab {
}
c {
}
