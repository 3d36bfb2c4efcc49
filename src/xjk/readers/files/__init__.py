"""How each file format is read: from bytes to a grid of cells."""
