output "ecs_cluster_arn" {
  value = 1
}
