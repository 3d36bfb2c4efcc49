"""How a run is written."""
