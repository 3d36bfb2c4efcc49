"""The contract, written out for other tools."""
