"""Words to records."""
