"""What is on disk and in git: the module's folder, its drift, writing, older commits."""
