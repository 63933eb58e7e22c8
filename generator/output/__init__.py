"""What is printed: tables, findings, descriptions."""
