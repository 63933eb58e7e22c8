a {
  x = f(<<A
)}
A
  , <<-B
  not {}
  B
  )
}
b {
}
