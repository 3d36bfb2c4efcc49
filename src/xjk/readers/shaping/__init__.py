"""From the headers and cells of a grid to the columns of a canonical table."""
