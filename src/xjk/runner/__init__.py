"""From sources to a run result."""
