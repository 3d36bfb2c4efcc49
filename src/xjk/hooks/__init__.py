"""How packs join: hook specifications, and the catalogue of what the installed packs bring."""
