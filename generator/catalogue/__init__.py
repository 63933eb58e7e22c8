"""The typed catalogue: what it may say, what it means, and what it implies."""
