"""Where the lines of the generated files come from: a line of a template, and keys of the catalogue."""
