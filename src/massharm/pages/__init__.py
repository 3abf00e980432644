"""Records to blocks to text."""
