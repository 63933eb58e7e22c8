"""Terraform for AWS ECS services, rendered from a YAML catalogue and checked for drift."""
