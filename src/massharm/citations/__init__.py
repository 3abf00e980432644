"""A citation as text."""
