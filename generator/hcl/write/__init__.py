"""Values as HCL: quoting, spacing, layout."""
