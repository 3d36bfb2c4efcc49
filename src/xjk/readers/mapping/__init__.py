"""Mapping files: how a foreign layout feeds the canonical tables."""
