"""The generator of the fictional district's books."""
