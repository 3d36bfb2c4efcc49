"""Write what a run or a validation produced: as text, JSON, JSON lines, CSV, or in the format of a pack."""
