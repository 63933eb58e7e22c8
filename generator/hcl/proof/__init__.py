"""The proof that what is written reads back, with python-hcl2 as the judge."""
