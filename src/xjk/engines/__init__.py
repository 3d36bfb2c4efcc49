"""How relations are stored and queried."""
