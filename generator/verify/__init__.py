"""The proof, on every render, that the text is what the catalogue implies and what Terraform takes."""
