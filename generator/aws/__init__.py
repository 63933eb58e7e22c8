"""What tfgen knows of the AWS provider: its types, their arguments and attributes, and since when they are there."""
