"""What may stand where: types of values, parts, and what breaks them. Knows nothing of ECS."""
