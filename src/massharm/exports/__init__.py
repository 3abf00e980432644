"""Records to other programs."""
