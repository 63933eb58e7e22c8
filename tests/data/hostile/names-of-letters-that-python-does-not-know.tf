ͺ゛ {
  ﷺ = ำ
}

strange "゜" {}
