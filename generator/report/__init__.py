"""The change document: what an edit of the catalogue does to the module, for the reviewer of a pull request."""
