for "in" if {
}
null {
}
for_each {
}
