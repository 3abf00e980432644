"""What is known: the records, the file that holds them, and the rules they keep."""
