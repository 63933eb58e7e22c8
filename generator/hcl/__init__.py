"""Everything that knows HCL: its tokens, its quoting and layout, its parser, its references."""
