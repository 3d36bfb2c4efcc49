"""What is derived from the canonical tables at load."""
