"""What bears on a client."""
