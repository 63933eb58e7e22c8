output "service_names" {
  value = { for k, s in local.ecs_services : k => s.name }
}

output "security_group_ids" {
  value = {
    storefront = aws_security_group.storefront.id
    catalogue  = aws_security_group.catalogue.id
    basket     = aws_security_group.basket.id
  }
}
