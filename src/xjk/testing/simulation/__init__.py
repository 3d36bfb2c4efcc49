"""The simulator: books of a fictional district of any size, honest but for the schemes planted in them."""
