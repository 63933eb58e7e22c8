"""A catalogue as a picture: its services, and what each of them uses."""
