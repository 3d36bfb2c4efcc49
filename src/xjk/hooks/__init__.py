"""How packs join."""
