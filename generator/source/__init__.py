"""A catalogue's text: YAML with the position of every key and value."""
