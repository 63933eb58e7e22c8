"""The options that several commands share, and what a command makes of them."""
