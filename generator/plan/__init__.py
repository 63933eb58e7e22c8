"""Terraform's plan against the contract that the catalogue's change is."""
