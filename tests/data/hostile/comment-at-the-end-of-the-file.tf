a {
} # b