"""Which values are allowed where: types of values, parts, and breaches of them. Knows nothing of ECS."""
